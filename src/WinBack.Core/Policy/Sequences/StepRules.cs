namespace WinBack.Core.Policy.Sequences;

/// <summary>Whether it is the turn of the step that an action belongs to (rules S1, S4). Actions of no sequence pass.</summary>
internal static class StepRules
{
    internal static void Judge(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (action.Step is not { } place) return;
        if (c.History.RunOf(place) is { } run)
            Turn(place, run, c, review);
        else if (place.Index == 0)
            StartRules.Judge(place.Sequence, c, review);
        else
            review.Reject(
                EligibilityStage.Sequence, "S1", $"sequence {place.Sequence.Name} is not running",
                $"step {place.Sequence.Steps[0].Name} sent");
    }

    private static void Turn(StepPlace place, SequenceRun run, PolicyContext c, ActionReview review)
    {
        review.ClosesAt(run.EndTime);
        if (place.Sequence.Trigger == SequenceTrigger.AbandonedCart) CartRules.Judge(c, review);
        if (run.NextStep < 0 || place.Index < run.NextStep)
        {
            review.Reject(EligibilityStage.Sequence, "S1", $"step {place.Step.Name} is over", "a step that is still to come");
            return;
        }

        if (Opening(place, run, c) is not { } opening)
            review.Reject(
                EligibilityStage.Sequence, "S1", $"step {place.Sequence.Steps[run.NextStep].Name} comes first", "its turn");
        else if (c.AsOf < opening)
            review.Reject(
                EligibilityStage.Sequence, "S1", $"day {Words.Number((c.AsOf - run.Start).TotalDays)} of sequence {run.Name}",
                $"day {Words.Number((opening - run.Start).TotalDays)} for step {place.Step.Name}", opening);
    }

    /// <summary>
    /// The first instant at which it is the step's turn; null for never. A step waits for the one before it, unless nothing
    /// of that can be sent to the customer at all: a customer without consent for texts must not miss the rest.
    /// </summary>
    private static DateTimeOffset? Opening(StepPlace place, SequenceRun run, PolicyContext c)
    {
        if (place.Index > run.NextStep && run.IsLeftOut(place.Step)) return null;
        DateTimeOffset opening = run.DueOf(place.Step);
        for (int i = run.NextStep; i < place.Index; i++)
        {
            StepModel before = place.Sequence.Steps[i];
            if (i > run.NextStep && run.IsLeftOut(before)) continue;
            if (SendableUntil(before, c) is not { } until) return null;
            if (until > opening) opening = until;
        }

        return opening;
    }

    /// <summary>From when on nothing of a step can be sent, by time alone; null for never.</summary>
    private static DateTimeOffset? SendableUntil(StepModel step, PolicyContext c)
    {
        DateTimeOffset until = DateTimeOffset.MinValue;
        foreach (int order in step.Actions)
        {
            ActionModel action = c.Draw.ActionFor(c.Playbook.Actions[order]);
            var review = new ActionReview(action, []);
            Eligibility.JudgeApart(action, c, review);
            DateTimeOffset? time = review.IsRejected ? review.EligibleTime : c.AsOf;
            if (time is null || !Arbitration.IsWorthwhileAt(time.Value, action, c)) continue;
            if (review.CloseTime is not { } close) return null;
            if (close > until) until = close;
        }

        return until;
    }
}
