using WinBack.Core.Events;

namespace WinBack.Core.Policy.Sequences;

/// <summary>A validated sequence; see <see cref="TouchSequenceConfig"/>.</summary>
/// <param name="Within">Null for no end.</param>
/// <param name="RepeatAfter">Null for once for each trigger.</param>
public sealed record TouchSequenceModel(
    string Name,
    SequenceTrigger Trigger,
    TimeSpan After,
    TimeSpan? Within,
    Choice<Segment> Segments,
    Choice<LapseReason> Reasons,
    Choice<ValueTier> Tiers,
    IReadOnlyList<FeatureCondition> Conditions,
    IReadOnlyList<string> Follows,
    TimeSpan? RepeatAfter,
    TimeSpan Length,
    IReadOnlyList<StepModel> Steps)
{
    /// <summary>Place of a step; -1 when the playbook has none of that name (any more).</summary>
    public int IndexOf(string step)
    {
        for (int i = 0; i < Steps.Count; i++)
            if (Steps[i].Name == step) return i;
        return -1;
    }
}
