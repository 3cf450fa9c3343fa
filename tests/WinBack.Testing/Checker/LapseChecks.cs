namespace WinBack.Testing.Checker;

/// <summary>
/// What the rules say of who is away: nothing to whom is here, nothing but advertising to whom is away too long (rule L4), and a
/// sequence stays for whom it was started (L5).
/// </summary>
internal static class LapseChecks
{
    /// <param name="touch">Was decided on now.</param>
    /// <returns>Rule and what is wrong.</returns>
    internal static IEnumerable<(string Rule, string What)> Decided(LogCustomer customer, LogTouch touch, ProgrammeFacts facts)
    {
        DateTimeOffset at = touch.DecideTime;
        TimeSpan? silence = at - customer.LastReturn;
        bool isCancelled = customer.LastCancelled <= at && !(customer.LastReturn > customer.LastCancelled);
        if (!isCancelled && !(silence >= facts.Silence)) yield return ("L4", $"goes to a customer who was here {silence} ago");
        if (silence >= facts.MaxSilence && touch.Decision.Channel != V1.Channel.Advertisement)
            yield return ("L4", $"is no advertisement, {silence} after the last activity");
    }

    /// <param name="touch">Is being confirmed.</param>
    /// <returns>Rule and what is wrong.</returns>
    internal static IEnumerable<(string Rule, string What)> Confirmed(LogCustomer customer, LogTouch touch, ProgrammeFacts facts)
    {
        if (!facts.Tiers.TryGetValue(touch.Decision.Action, out IReadOnlySet<Core.Events.ValueTier>? tiers)) yield break;
        SequenceStep? step = facts.Steps.GetValueOrDefault(touch.Decision.Action);
        LogTouch? first = step is { Index: > 0 }
            ? customer.Touches.Where(t => t.ConfirmTime is not null && facts.Steps.GetValueOrDefault(t.Decision.Action) is { Index: 0 } s
                && s.Sequence == step.Sequence).MaxBy(t => t.Stamp)
            : touch;
        if (first is not null && !tiers.Contains(first.Tier))
            yield return (step is null ? "L3" : "L5", $"is not for {first.Tier}, which the customer was at the start");
    }
}
