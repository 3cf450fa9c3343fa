using System.Text;
using Google.Protobuf;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Features;

namespace WinBack.Tests.Wire;

public sealed class DecisionMessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_Stored_IsTheFullDecisionWithoutFeatureNames()
    {
        DecisionPlan plan = DecisionWireTests.FullPlan();
        var result = new ReserveResult(0, Now, Now.AddMinutes(10), [], DecisionStatus.Reserved);
        Decision decision = DecisionPipeline.Conclude(plan, result);
        byte[] stored = DecisionWire.Write(DecisionPipeline.Expect(plan));

        V1.Decision published = V1.Decision.Parser.ParseFrom(DecisionMessage.Of(stored, result.ExpireTime));
        Assert.Equal(DecisionWire.Full(decision), published);
        // Answers name the features, and have not what the topic has for replays.
        V1.Decision answer = DecisionWire.ToProto(decision, FeatureSchema.Default, isFull: true);
        answer.Evidence.Features.Clear();
        answer.Evidence.Inputs = published.Evidence.Inputs;
        Assert.NotNull(answer.Evidence.Inputs);
        Assert.Equal(answer, published);
        Assert.Equal(plan.Customer.Value, Encoding.UTF8.GetString(DecisionMessage.KeyOf(stored)));
    }

    [Fact]
    public void KeyOf_NoDecision_IsRefused()
    {
        Assert.Throws<InvalidDataException>(() => DecisionMessage.KeyOf([]));
        Assert.Throws<InvalidProtocolBufferException>(() => DecisionMessage.KeyOf([0xff, 0xff]));
    }
}
