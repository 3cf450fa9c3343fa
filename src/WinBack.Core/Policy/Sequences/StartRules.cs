namespace WinBack.Core.Policy.Sequences;

/// <summary>
/// Whether a sequence may start now: no other runs and the last one is far enough back (rules S4), its trigger is there,
/// it has not run from it already, and the customer is one that it is for.
/// </summary>
internal static class StartRules
{
    internal static void Judge(TouchSequenceModel sequence, PolicyContext c, ActionReview review)
    {
        Stagger(sequence, c, review);
        if (sequence.Trigger == SequenceTrigger.Moment) Repeat(sequence, null, c, review);
        else if (TriggerTime(sequence, c) is { } trigger) Trigger(sequence, trigger, c, review);
        else review.Reject(EligibilityStage.Sequence, RuleOf(sequence), "not there", Names.Of(sequence.Trigger));
        Audience(sequence, c, review);
    }

    private static void Stagger(TouchSequenceModel sequence, PolicyContext c, ActionReview review)
    {
        if (c.History.Latest is not { } last) return;
        bool follows = !last.EndsByReturn && sequence.Follows.Contains(last.Name);
        DateTimeOffset rested = follows ? last.EndTime : last.EndTime + c.Playbook.Sequence.Rest;
        if (c.AsOf >= rested) return;
        review.Reject(
            EligibilityStage.Sequence, "S4",
            c.AsOf < last.EndTime ? $"sequence {last.Name} runs" : $"sequence {last.Name} ended {Words.Days(c.AsOf - last.EndTime)} ago",
            follows ? "its end" : $"{Words.Days(c.Playbook.Sequence.Rest)} after its end", rested);
    }

    private static void Trigger(TouchSequenceModel sequence, DateTimeOffset trigger, PolicyContext c, ActionReview review)
    {
        Repeat(sequence, trigger, c, review);
        string name = Names.Of(sequence.Trigger);
        TimeSpan wait = sequence.After + sequence.Steps[0].At;
        if (c.AsOf < trigger + wait)
            review.Reject(
                EligibilityStage.Sequence, RuleOf(sequence), $"{Words.Days(c.AsOf - trigger)} after {name}",
                $"at least {Words.Days(wait)}", trigger + wait);
        if (sequence.Within is not { } within) return;
        review.ClosesAt(trigger + within);
        if (c.AsOf >= trigger + within)
            review.Reject(
                EligibilityStage.Sequence, RuleOf(sequence), $"{Words.Days(c.AsOf - trigger)} after {name}",
                $"less than {Words.Days(within)}");
    }

    /// <summary>Once for each trigger, or again after a time (rules S1: then no more than a newsletter).</summary>
    private static void Repeat(TouchSequenceModel sequence, DateTimeOffset? trigger, PolicyContext c, ActionReview review)
    {
        if (c.History.LastTouchOf(sequence) is not { } last) return;
        // A sequence may end, and so trigger the next one, with its own last touch.
        bool isNewTrigger = sequence.Trigger == SequenceTrigger.SequenceEnd ? last <= trigger : last < trigger;
        if (isNewTrigger) return;
        DateTimeOffset? again = last + sequence.RepeatAfter;
        if (!(c.AsOf >= again))
            review.Reject(
                EligibilityStage.Sequence, "S1", $"sequence {sequence.Name} was sent {Words.Days(c.AsOf - last)} ago",
                sequence.RepeatAfter is { } repeat ? $"{Words.Days(repeat)} between" : "once for each " + Names.Of(sequence.Trigger), again);
    }

    private static void Audience(TouchSequenceModel sequence, PolicyContext c, ActionReview review)
    {
        if (!sequence.Segments.Allows(c.Segment))
            review.Reject(EligibilityStage.Audience, "L2", Names.Of(c.Segment), sequence.Segments.Text);
        if (!sequence.Reasons.Allows(c.Reason.Reason))
            review.Reject(
                EligibilityStage.Reason, "L1", $"{Names.Of(c.Reason.Reason)}: {c.Reason.Evidence}", sequence.Reasons.Text);
        if (!sequence.Tiers.Allows(c.Value.Tier))
            review.Reject(EligibilityStage.Audience, "L3", Names.Of(c.Value.Tier), sequence.Tiers.Text);
        AudienceRules.Conditions(sequence.Conditions, c, review);
    }

    private static DateTimeOffset? TriggerTime(TouchSequenceModel sequence, PolicyContext c) => sequence.Trigger switch
    {
        SequenceTrigger.Lapse => c.Lapse.Since,
        SequenceTrigger.Cancellation => c.Lapse.IsCancelled ? c.Lapse.Since : null,
        SequenceTrigger.AbandonedCart => CartRules.AbandonTime(c.State),
        SequenceTrigger.SequenceEnd => EndBefore(sequence, c.History.Latest),
        _ => throw new InvalidOperationException($"no instant for {sequence.Trigger}"),
    };

    /// <summary>The end of one of those that it follows, or, if it names none, of any. A return is no end to go on from.</summary>
    private static DateTimeOffset? EndBefore(TouchSequenceModel sequence, SequenceRun? last) =>
        last is { EndsByReturn: false } && (sequence.Follows.Count == 0 || sequence.Follows.Contains(last.Name)) ? last.EndTime : null;

    private static string RuleOf(TouchSequenceModel sequence) => sequence.Trigger switch
    {
        SequenceTrigger.Lapse => "L4",
        SequenceTrigger.Cancellation => "A15",
        SequenceTrigger.AbandonedCart => "A9",
        SequenceTrigger.Moment => "A16",
        _ => "S1",
    };
}
