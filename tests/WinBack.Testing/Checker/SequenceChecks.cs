namespace WinBack.Testing.Checker;

/// <summary>
/// What the rules say of named sequences, told from the touches that were sent: steps in their order and once a run, none after the
/// last day or after a return, and days of rest between two sequences (rules S1, S3, S4).
/// </summary>
internal static class SequenceChecks
{
    /// <param name="touch">Is being confirmed.</param>
    /// <returns>Rule and what is wrong.</returns>
    internal static IEnumerable<(string Rule, string What)> Of(LogCustomer customer, LogTouch touch, ProgrammeFacts facts)
    {
        if (!facts.Steps.TryGetValue(touch.Decision.Action, out SequenceStep? step)) yield break;
        DateTimeOffset at = touch.Stamp;
        (LogTouch Touch, SequenceStep Step)[] sent = customer.Touches
            .Where(t => t.ConfirmTime is not null && facts.Steps.ContainsKey(t.Decision.Action))
            .Select(t => (t, facts.Steps[t.Decision.Action])).OrderBy(t => t.t.Stamp).ToArray();
        if (step.Index == 0)
        {
            foreach ((LogTouch other, _) in sent)
                if ((at - other.Stamp).Duration() < facts.Rest) yield return ("S4", $"starts {at - other.Stamp} after {other.Decision.Action}");
            yield break;
        }

        int first = Array.FindLastIndex(sent, t => t.Step.Sequence == step.Sequence && t.Step.Index == 0);
        if (first < 0)
        {
            yield return ("S1", "is a later step of a sequence that did not start");
            yield break;
        }

        DateTimeOffset start = sent[first].Touch.Stamp;
        if (at >= start + step.Length) yield return ("S1", $"comes {at - start} after the start, behind the last day");
        if (at < start + step.At) yield return ("S1", $"comes {at - start} after the start, before its day");
        if (customer.LastReturn is { } back && back > start && back <= touch.Decision.DecideTime.ToDateTimeOffset())
            yield return ("S3", $"goes on although the customer came back at {back:O}");
        if (sent[first..].Any(t => t.Step.Sequence != step.Sequence)) yield return ("S4", "goes on while another sequence runs");
        if (sent[first..].Any(t => t.Step.Index >= step.Index)) yield return ("S1", "repeats a step, or goes back to one");
    }
}
