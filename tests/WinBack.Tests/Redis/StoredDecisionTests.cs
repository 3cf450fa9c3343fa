using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Tests.Wire;

namespace WinBack.Tests.Redis;

/// <summary>Decisions in Redis whose caps were foreseen, beside those that an older program, or a caller who met others, wrote.</summary>
public sealed class StoredDecisionTests
{
    private static readonly DateTimeOffset Clock = new(2026, 6, 1, 12, 0, 1, TimeSpan.Zero);
    private static readonly DecisionPlan Plan = DecisionWireTests.FullPlan();

    [Fact]
    public void ToMessage_ForeseenOrNot_IsTheSameDecision()
    {
        byte[] foreseen = StoredDecision.ToMessage(Fields(isForeseen: true))!.Value;
        byte[] asked = StoredDecision.ToMessage(Fields(isForeseen: false))!.Value;
        V1.Decision decision = V1.Decision.Parser.ParseFrom(foreseen);
        Assert.Contains(decision.Evidence.Rejections, rejection => rejection.Stage == "cap");
        Assert.Equal(V1.Decision.Parser.ParseFrom(asked), decision);
    }

    [Fact]
    public void ReadKept_ForeseenOrNot_IsTheSamePlanAndResult()
    {
        KeptDecision foreseen = StoredDecision.ReadKept(Fields(isForeseen: true))!;
        KeptDecision asked = StoredDecision.ReadKept(Fields(isForeseen: false))!;
        Assert.Equal((true, false), (foreseen.IsForeseen, asked.IsForeseen));
        Assert.Equal(Denials, foreseen.Result.Denials);
        Assert.Equivalent(asked.Plan, foreseen.Plan, strict: true);
        Assert.Equal(DecisionWire.Write(asked.Decision), DecisionWire.Write(foreseen.Decision));
        Assert.Equal(
            foreseen.Written, DecisionWire.Write(DecisionPipeline.Expect(foreseen.Plan, foreseen.Result.Chosen, foreseen.Result.Denials)));
    }

    private static IReadOnlyList<CapDenial> Denials => [new CapDenial(0, 0, 2, Clock.AddDays(1))];

    /// <summary>Of the second candidate: a cap turns the first one down.</summary>
    private static RedisValue[] Fields(bool isForeseen)
    {
        Decision written = isForeseen ? DecisionPipeline.Expect(Plan, 1, Denials) : DecisionPipeline.Expect(Plan);
        string denials = (isForeseen ? DenialWords.AsWritten : "") + DenialWords.Of(Plan.Ranking, Denials);
        return
        [
            1, CapTime.ToMicros(Clock).ToString("D16"), CapTime.ToMicros(Clock.AddMinutes(10)).ToString("D16"), denials,
            // An older program did not pack it.
            isForeseen ? StoredDecision.Write(written) : DecisionWire.Write(written), "r", RedisValue.Null,
        ];
    }
}
