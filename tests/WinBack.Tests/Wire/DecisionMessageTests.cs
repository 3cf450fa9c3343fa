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

        V1.Decision expected = DecisionWire.ToProto(decision, FeatureSchema.Default, isFull: true);
        expected.Evidence.Features.Clear();
        // The topic has them, and answers have not.
        expected.Evidence.Inputs = InputsWire.ToProto(plan.Inputs);
        Assert.Equal(expected, V1.Decision.Parser.ParseFrom(DecisionMessage.Of(stored, result.ExpireTime)));
        Assert.Equal(expected, V1.Decision.Parser.ParseFrom(DecisionWire.Write(decision)));
        Assert.Equal(plan.Customer.Value, Encoding.UTF8.GetString(DecisionMessage.KeyOf(stored)));
    }

    [Fact]
    public void KeyOf_NoDecision_IsRefused()
    {
        Assert.Throws<InvalidDataException>(() => DecisionMessage.KeyOf([]));
        Assert.Throws<InvalidProtocolBufferException>(() => DecisionMessage.KeyOf([0xff, 0xff]));
    }
}
