namespace WinBack.Testing.Checker;

/// <summary>
/// What the rules say of offers, told from the touches that were sent: a date is fixed, named by two messages and never moved, nothing
/// comes after them, and nothing again (rule S5); one incentive at a time (S6); no code that is refused before the offer ends (S7).
/// </summary>
internal static class OfferChecks
{
    /// <param name="touch">Is being confirmed.</param>
    /// <returns>Rule and what is wrong.</returns>
    internal static IEnumerable<(string Rule, string What)> Of(LogCustomer customer, LogTouch touch, ProgrammeFacts facts)
    {
        if (!facts.Offers.TryGetValue(touch.Decision.Offer, out OfferFacts? offer)) return [];
        LogTouch[] sent = [.. customer.Touches.Where(t => t.ConfirmTime is not null && facts.Offers.ContainsKey(t.Decision.Offer))];
        LogTouch[] same = [.. sent.Where(t => t.Decision.Offer == touch.Decision.Offer)];
        return facts.Reminders.Contains(touch.Decision.Action)
            ? Reminder(touch, same, facts)
            : [.. Issue(touch, same, offer), .. Stacked(touch, sent, facts), .. Code(touch, offer)];
    }

    /// <summary>One message on the day before the last, and the date is the one that was named first.</summary>
    private static IEnumerable<(string Rule, string What)> Reminder(LogTouch touch, LogTouch[] same, ProgrammeFacts facts)
    {
        if (same.FirstOrDefault(t => !facts.Reminders.Contains(t.Decision.Action)) is not { } issue)
        {
            yield return ("S5", "reminds of an offer that was not sent");
            yield break;
        }

        if (issue.OfferEnd is not { } end) yield break;
        if (touch.OfferEnd != end) yield return ("S5", $"names {touch.OfferEnd:O}, and {end:O} was promised");
        if (same.Any(t => facts.Reminders.Contains(t.Decision.Action))) yield return ("S5", "is a third message about the offer");
        if (touch.Stamp >= end) yield return ("S5", $"comes after the end, {end:O}");
        if (touch.LocalDay(touch.DecideTime) != touch.LocalDay(end.AddTicks(-1)).AddDays(-1))
            yield return ("S5", $"comes on {touch.LocalDay(touch.DecideTime):d}, not on the day before the end, {end:O}");
    }

    private static IEnumerable<(string Rule, string What)> Issue(LogTouch touch, LogTouch[] same, OfferFacts offer)
    {
        if (!offer.IsDated) yield break;
        if (same.Length > 0) yield return ("S5", "issues a dated offer again");
        if (touch.OfferEnd is not { } end)
        {
            yield return ("S5", "issues a dated offer without its date");
            yield break;
        }

        DateTime last = touch.LocalDay(touch.DecideTime.AddDays(offer.Days));
        if (touch.LocalDay(end.AddTicks(-1)) != last || touch.LocalDay(end) == last)
            yield return ("S5", $"ends {end:O}, which is not the end of {last:d} by the customer's calendar");
    }

    private static IEnumerable<(string Rule, string What)> Stacked(LogTouch touch, LogTouch[] sent, ProgrammeFacts facts)
    {
        foreach (LogTouch other in sent)
        {
            if (facts.Reminders.Contains(other.Decision.Action)) continue;
            DateTimeOffset end = EndOf(other, facts), own = EndOf(touch, facts);
            if (touch.Stamp < end && other.Stamp < own)
                yield return ("S6", $"comes while {other.Decision.Offer} of {other.Stamp:O} can be used until {end:O}");
        }
    }

    private static IEnumerable<(string Rule, string What)> Code(LogTouch touch, OfferFacts offer)
    {
        DateTimeOffset end = touch.OfferEnd ?? touch.DecideTime.AddDays(offer.Days);
        if (end > offer.CodeEnd) yield return ("S7", $"promises until {end:O} a code that is refused from {offer.CodeEnd:O}");
    }

    private static DateTimeOffset EndOf(LogTouch touch, ProgrammeFacts facts) =>
        touch.OfferEnd ?? touch.DecideTime.AddDays(facts.Offers[touch.Decision.Offer].Days);
}
