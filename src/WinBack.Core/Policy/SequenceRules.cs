namespace WinBack.Core.Policy;

/// <summary>An action's place in time: days since the lapse, and days since the first touch of the sequence (rules S1).</summary>
internal static class SequenceRules
{
    internal static void Judge(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (action.RequiresLapse && c.Lapse.Since is { } since) SinceLapse(action, c, review, since);
        if (action.MinSinceFirstTouch > TimeSpan.Zero) SinceFirstTouch(action, c, review);
    }

    private static void SinceLapse(ActionModel action, PolicyContext c, ActionReview review, DateTimeOffset since)
    {
        TimeSpan elapsed = c.AsOf - since;
        // Without a least time there is nothing to wait for but the lapse itself, which is another rule's business.
        if (elapsed < action.MinSinceLapse && action.MinSinceLapse > TimeSpan.Zero)
            review.Reject(
                EligibilityStage.Step, "S1",
                elapsed < TimeSpan.Zero ? "not lapsed yet" : $"lapsed for {Words.Days(elapsed)}",
                $"at least {Words.Days(action.MinSinceLapse)}", since + action.MinSinceLapse);
        if (action.MaxSinceLapse is not { } max) return;
        review.ClosesAt(since + max);
        if (elapsed >= max)
            review.Reject(EligibilityStage.Step, "S1", $"lapsed for {Words.Days(elapsed)}", $"less than {Words.Days(max)}");
    }

    private static void SinceFirstTouch(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (c.SequenceTouches.Count == 0)
        {
            review.Reject(EligibilityStage.Step, "S1", "no touch sent in this sequence", Threshold(action));
            return;
        }

        review.ClosesAt(c.SequenceEnd);
        DateTimeOffset first = c.SequenceTouches[0];
        if (c.AsOf - first < action.MinSinceFirstTouch)
            review.Reject(
                EligibilityStage.Step, "S1", $"first touch {Words.Days(c.AsOf - first)} ago", Threshold(action),
                first + action.MinSinceFirstTouch);
    }

    private static string Threshold(ActionModel action) => $"at least {Words.Days(action.MinSinceFirstTouch)} since the first touch";
}
