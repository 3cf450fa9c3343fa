using WinBack.Core.Decisions;

namespace WinBack.Adapters.Wire;

/// <summary>Two decisions beside each other: the one kept and the one made again.</summary>
public static class DecisionComparison
{
    /// <summary>Every field in which they differ, their inputs and evidence included; at most so many.</summary>
    public static IReadOnlyList<V1.FieldDifference> Differences(Decision kept, Decision again, int most) =>
        MessageDifference.Of(DecisionWire.Full(kept), DecisionWire.Full(again), most);

    /// <summary>Bytes of a kept plan that only replays need.</summary>
    public static int SizeOfInputs(DecisionPlan plan)
    {
        using var writer = new MessageWriter();
        if (plan.Inputs is { } inputs) InputsWire.Write(inputs, writer);
        return writer.Written.Length;
    }
}
