using WinBack.Core.Caps;
using WinBack.Core.Decisions.Priorities;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions;

/// <summary>
/// When a customer who gets nothing now would get something, if nothing else happens: scores, features, prices and what caps hold are
/// taken as they were read. Where other rules hold from some instant on (<see cref="RuleChanges"/>), the customer is put to them as
/// of then.
/// </summary>
internal static class Foresight
{
    private const int MostChanges = 16;

    /// <returns>
    /// When the first of the actions that rules turned down passes them, and the caps as they were read; and until when what is known
    /// of the ranking holds: null for ever.
    /// </returns>
    internal static (DateTimeOffset? EligibleTime, DateTimeOffset? ChangeTime) Of(
        PolicyReview review, PolicyContext context, CustomerSnapshot customer)
    {
        // Who is unknown, or asked to be forgotten, does not come back by time.
        if (customer.State is not { IsErased: false }) return (null, null);
        CapLedger caps = customer.Caps;
        DateTimeOffset? next = NextOpening(review, context, caps);
        if (RuleChanges.After(context) is not { } change || next < change || !MaySayNothing(review.Ranking, caps, context.AsOf))
            return (next, null);
        return (AfterChange(context, caps, change), change);
    }

    /// <summary>When a candidate passes its caps, and its window is open; null when a rule has closed by then.</summary>
    /// <param name="free">When the caps let it pass.</param>
    internal static DateTimeOffset? OpenTime(Candidate candidate, DateTimeOffset free)
    {
        DateTimeOffset? open = SendWindow.NextOpen(candidate.Window, free);
        return open >= candidate.CloseTime ? null : open;
    }

    /// <summary>What caps let pass as they were read is reserved, as a rule; of units of scarce capacities one knows when asking.</summary>
    private static bool MaySayNothing(IReadOnlyList<Candidate> ranking, CapLedger caps, DateTimeOffset asOf)
    {
        foreach (Candidate candidate in ranking)
            if (candidate.Capacities.Count == 0 && caps.FreeTime(candidate.Caps, asOf) <= asOf) return false;
        return true;
    }

    private static DateTimeOffset? AfterChange(PolicyContext context, CapLedger caps, DateTimeOffset change)
    {
        DateTimeOffset? next = null;
        for (int i = 0; i < MostChanges; i++)
        {
            PolicyContext then = context.At(change);
            PolicyReview review = PriorityYield.Apply(PolicyReview.Of(then), then, caps);
            next = NextOpening(review, then, caps);
            foreach (Candidate candidate in review.Ranking)
            {
                if (then.Draw.HeldOutBy is not null && !candidate.IsTransactional) continue;
                next = Earlier(next, DueTouch.Of(candidate, then).TimeUnder(caps, change, then));
            }

            if (RuleChanges.After(then) is not { } later || next < later) return next;
            change = later;
        }

        return next;
    }

    private static DateTimeOffset? NextOpening(PolicyReview review, PolicyContext context, CapLedger caps)
    {
        DateTimeOffset? next = null;
        foreach (UpcomingAction action in review.Upcoming)
            next = Earlier(next, DueTouch.Of(action, context).TimeUnder(caps, context.AsOf, context));
        return next;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one <= other ? one : other;
}
