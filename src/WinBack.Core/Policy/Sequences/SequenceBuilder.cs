using WinBack.Core.Events;

namespace WinBack.Core.Policy.Sequences;

/// <summary>Turns sequences that were found right into their models.</summary>
internal static class SequenceBuilder
{
    internal static TouchSequenceModel[] Build(PlaybookConfig playbook, Func<ConditionConfig, FeatureCondition> condition) =>
        [.. playbook.Sequences.Select(sequence => new TouchSequenceModel(
            sequence.Name,
            Parse<SequenceTrigger>(sequence.Trigger),
            sequence.After,
            sequence.Within == TimeSpan.Zero ? null : sequence.Within,
            new Choice<Segment>(sequence.Segments.Select(Parse<Segment>)),
            new Choice<LapseReason>(sequence.Reasons.Select(Parse<LapseReason>)),
            new Choice<ValueTier>(sequence.Tiers.Select(Parse<ValueTier>)),
            sequence.Conditions.Select(condition).ToArray(),
            sequence.Follows,
            sequence.RepeatAfter == TimeSpan.Zero ? null : sequence.RepeatAfter,
            TimeSpan.FromDays(sequence.Days),
            sequence.Steps.Select(step => Step(step, playbook)).ToArray()))];

    /// <summary>Null for an action of no sequence.</summary>
    internal static StepPlace? PlaceOf(int action, TouchSequenceModel[] sequences)
    {
        foreach (TouchSequenceModel sequence in sequences)
            for (int i = 0; i < sequence.Steps.Count; i++)
                if (sequence.Steps[i].Actions.Contains(action)) return new StepPlace(sequence, i);
        return null;
    }

    private static StepModel Step(StepConfig step, PlaybookConfig playbook) => new(
        step.Name,
        step.At,
        step.Gap,
        [.. step.Actions.Select(name => playbook.Actions.FindIndex(action => action.Name == name))],
        step.SkipWhen.Length > 0,
        Parse<CappedPolicy>(step.OnCapped));

    private static T Parse<T>(string name)
        where T : struct, Enum =>
        Names.TryParse(name, out T value) ? value : throw new InvalidOperationException($"'{name}' passed validation");
}
