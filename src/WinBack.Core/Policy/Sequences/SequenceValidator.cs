using WinBack.Core.Events;

namespace WinBack.Core.Policy.Sequences;

/// <summary>Checks the named sequences of a playbook, each on its own and all of them together.</summary>
internal sealed class SequenceValidator(PlaybookConfig playbook, FieldChecks check)
{
    private const int MostDays = 60;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(730);

    internal void Validate()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < playbook.Sequences.Count; i++)
        {
            TouchSequenceConfig sequence = playbook.Sequences[i];
            string path = $"sequences[{i}]";
            check.Name(path + ".name", sequence.Name);
            if (!names.Add(sequence.Name))
                check.Add(path + ".name", $"'{sequence.Name}' is taken", "give each sequence a name of its own");
            check.All<LapseReason>(path + ".reasons", sequence.Reasons);
            check.All<Segment>(path + ".segments", sequence.Segments);
            check.All<ValueTier>(path + ".tiers", sequence.Tiers);
            Times(path, sequence);
            Start(path, sequence);
            new StepValidator(playbook, check).Validate(path, sequence);
        }

        OneStepEach();
    }

    private void Times(string path, TouchSequenceConfig sequence)
    {
        check.Range(path + ".days", sequence.Days, 1, MostDays, "days", "S1");
        check.Range(path + ".after", sequence.After, TimeSpan.Zero, LongestWait);
        check.Range(path + ".within", sequence.Within, TimeSpan.Zero, LongestWait);
        if (sequence.Within > TimeSpan.Zero && sequence.Within <= sequence.After)
            check.Add(path + ".within", "is over before the sequence may start", "write more than 'after', or leave it out", "S1");
        if (sequence.Trigger is "lapse" or "cancellation" && sequence.After.TotalDays >= playbook.Lapse.MaxSilenceDays
            && !sequence.Steps.Exists(step => ActionsOf(step).Any(a => a.Channel == "advertisement")))
            check.Add(path + ".after", "is never reached: after max_silence_days only advertising is left", "write less", "L4");
        check.Range(path + ".repeat_after", sequence.RepeatAfter, TimeSpan.Zero, LongestWait);
        var rest = TimeSpan.FromDays(playbook.Sequence.RestDays);
        if (sequence.RepeatAfter > TimeSpan.Zero && sequence.RepeatAfter < rest)
            check.Add(
                path + ".repeat_after", $"is shorter than the rest of {rest.Days} days between sequences",
                $"write at least {rest.Days}d", "S4");
    }

    private void Start(string path, TouchSequenceConfig sequence)
    {
        SequenceTrigger? trigger = check.OneOf<SequenceTrigger>(path + ".trigger", sequence.Trigger);
        if (trigger == SequenceTrigger.Moment && (sequence.Conditions.Count == 0 || sequence.RepeatAfter == TimeSpan.Zero))
            check.Add(
                path + ".trigger", "a moment needs conditions that say when it is, and repeat_after to say how often", "write both", "A16");
        if (trigger == SequenceTrigger.Moment && (sequence.After > TimeSpan.Zero || sequence.Within > TimeSpan.Zero))
            check.Add(path + ".trigger", "a moment has no instant that after and within could count from", "leave them out", "A16");
        new ActionValidator(playbook, check).Conditions(path, sequence.Conditions);
        if (ConditionBounds.Contradicted(sequence.Conditions) is { } feature)
            check.Add(path + ".conditions", $"no value of {feature} meets them all", "correct one of them");
        for (int i = 0; i < sequence.Follows.Count; i++)
            if (sequence.Follows[i] == sequence.Name || !playbook.Sequences.Exists(s => s.Name == sequence.Follows[i]))
                check.Add(
                    $"{path}.follows[{i}]", $"'{sequence.Follows[i]}' is no other sequence", "name another sequence of this playbook", "S4");
    }

    /// <summary>A touch is told by its action: it must say which step it was.</summary>
    private void OneStepEach()
    {
        var steps = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int s = 0; s < playbook.Sequences.Count; s++)
            for (int i = 0; i < playbook.Sequences[s].Steps.Count; i++)
                foreach (string action in playbook.Sequences[s].Steps[i].Actions)
                    if (!steps.TryAdd(action, $"{playbook.Sequences[s].Name}/{playbook.Sequences[s].Steps[i].Name}"))
                        check.Add(
                            $"sequences[{s}].steps[{i}].actions", $"'{action}' belongs to {steps[action]} already",
                            "give this step an action with a name of its own");
    }

    private IEnumerable<ActionConfig> ActionsOf(StepConfig step) => playbook.Actions.Where(a => step.Actions.Contains(a.Name));
}
