using System.Diagnostics;
using OpenTelemetry.Trace;

namespace WinBack.Adapters.Tracing;

/// <summary>
/// Records what belongs to a recorded trace or links to one, and else a share of what begins here. Without the links a chunk
/// of the fold would be a trace of its own, and the traces of its records would nearly all end at the topic.
/// </summary>
internal sealed class LinkedSampler(double ratio) : Sampler
{
    private readonly ParentBasedSampler _byParent = new(new TraceIdRatioBasedSampler(ratio));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        foreach (ActivityLink link in samplingParameters.Links ?? [])
            if ((link.Context.TraceFlags & ActivityTraceFlags.Recorded) != 0) return new SamplingResult(SamplingDecision.RecordAndSample);
        return _byParent.ShouldSample(samplingParameters);
    }
}
