using System.Diagnostics;
using OpenTelemetry.Trace;
using WinBack.Adapters.Tracing;

namespace WinBack.Tests.Tracing;

public sealed class LinkedSamplerTests
{
    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData(ActivityTraceFlags.None, SamplingDecision.Drop)]
    public void Root_IsRecorded_WhenOneItLinksToIs(ActivityTraceFlags flags, SamplingDecision expected) =>
        Assert.Equal(expected, Decide(0, default, new ActivityLink(Context(ActivityTraceFlags.None)), new ActivityLink(Context(flags))));

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, 0, SamplingDecision.RecordAndSample)]
    [InlineData(ActivityTraceFlags.None, 1, SamplingDecision.Drop)]
    public void PartOfATrace_IsAsItsParent(ActivityTraceFlags flags, double ratio, SamplingDecision expected) =>
        Assert.Equal(expected, Decide(ratio, Context(flags)));

    [Theory]
    [InlineData(0, SamplingDecision.Drop)]
    [InlineData(1, SamplingDecision.RecordAndSample)]
    public void Root_IsRecorded_ByTheShare(double ratio, SamplingDecision expected) => Assert.Equal(expected, Decide(ratio, default));

    private static SamplingDecision Decide(double ratio, ActivityContext parent, params ActivityLink[] links) =>
        new LinkedSampler(ratio).ShouldSample(new SamplingParameters(
            parent, parent == default ? ActivityTraceId.CreateRandom() : parent.TraceId, "process", ActivityKind.Consumer, null, links)).Decision;

    private static ActivityContext Context(ActivityTraceFlags flags) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, traceState: null, isRemote: true);
}
