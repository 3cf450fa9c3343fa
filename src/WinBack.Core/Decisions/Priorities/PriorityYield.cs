using System.Globalization;
using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions.Priorities;

/// <summary>
/// A touch leaves its place to one of higher priority that is due for the same customer within the playbook's lookahead
/// (rules C2): if taking the place now would put the other one off, under any cap that both are under, it is turned down.
/// Whether it would is asked of the caps themselves, with the touch taken and without, each time in the period of the customer's
/// calendar that the instant lies in.
/// </summary>
internal sealed class PriorityYield
{
    /// <summary>How many instants are tried for the time at which a touch need not yield any more.</summary>
    private const int MostInstants = 128;

    private readonly PolicyContext _context;
    private readonly CapLedger _caps;
    private readonly DateTimeOffset _asOf;
    private readonly List<DueTouch> _touches = [];

    private PriorityYield(PolicyReview review, PolicyContext context, CapLedger caps)
    {
        (_context, _caps, _asOf) = (context, caps, context.AsOf);
        foreach (Candidate now in review.Ranking) _touches.Add(DueTouch.Of(now, context));
        foreach (UpcomingAction later in review.Upcoming) _touches.Add(DueTouch.Of(later, context));
    }

    internal static PolicyReview Apply(PolicyReview review, PolicyContext context, CapLedger caps) =>
        context.Playbook.PriorityLookahead > TimeSpan.Zero ? new PriorityYield(review, context, caps).Judge(review) : review;

    private PolicyReview Judge(PolicyReview review)
    {
        var ranking = new List<Candidate>(review.Ranking.Count);
        var rejections = new List<Rejection>(review.Rejections);
        var upcoming = new List<UpcomingAction>(review.Upcoming.Count);
        for (int i = 0; i < review.Ranking.Count; i++)
        {
            Candidate candidate = review.Ranking[i];
            // One that caps hold back now is judged by the instant at which they let it pass.
            DateTimeOffset at = TimeOf(_touches[i], _caps, _asOf) ?? _asOf;
            if (candidate.IsTransactional || HigherOne(_touches[i], at) is not { } higher)
            {
                ranking.Add(candidate);
                continue;
            }

            DateTimeOffset? time = FirstTime(_touches[i]);
            rejections.Add(Rejection(candidate, higher, time ?? (higher.Time > _asOf ? higher.Time : null)));
            if (time is { } free) upcoming.Add(new UpcomingAction(candidate.Action, free, candidate.CloseTime, candidate.Caps, candidate.Window));
        }

        for (int i = 0; i < review.Upcoming.Count; i++)
            if (FirstTime(_touches[review.Ranking.Count + i]) is { } time) upcoming.Add(review.Upcoming[i] with { OpenTime = time });
        return review with { Ranking = ranking, Rejections = rejections, Upcoming = upcoming };
    }

    /// <summary>The one of higher priority that would be put off if the touch were sent at an instant; null when there is none.</summary>
    private (DueTouch Touch, DateTimeOffset Time)? HigherOne(DueTouch own, DateTimeOffset at)
    {
        CapLedger? taken = null;
        foreach (DueTouch other in _touches)
        {
            if (other.Priority <= own.Priority || TimeOf(other, _caps, at) is not { } time) continue;
            if (time - at > _context.Playbook.PriorityLookahead) continue;
            taken ??= Taken(own, at);
            if (!(TimeOf(other, taken, at) <= time)) return (other, time);
        }

        return null;
    }

    /// <summary>The caps as they were if the touch were sent at an instant.</summary>
    private CapLedger Taken(DueTouch own, DateTimeOffset at)
    {
        CapLedger taken = _caps.Copy();
        taken.Take(Guid.Empty, _context.Bounds.CapsAround(own.Caps, at), taken.Advance(at), _context.Playbook.Reservation);
        taken.Confirm(Guid.Empty, taken.Advance(at));
        return taken;
    }

    /// <summary>When the touch is let through, and puts off none of higher priority; null for never, as far as is known now.</summary>
    private DateTimeOffset? FirstTime(DueTouch own)
    {
        DateTimeOffset? next = TimeOf(own, _caps, _asOf);
        for (int tried = 0; next is { } time && tried < MostInstants; tried++)
        {
            if (HigherOne(own, time) is null) return time;
            next = NextChange(own, time) is { } change ? TimeOf(own, _caps, change) : null;
        }

        return null;
    }

    /// <summary>The next instant at which the answer may be another: as others come due and close, and as places come free.</summary>
    private DateTimeOffset? NextChange(DueTouch own, DateTimeOffset after)
    {
        DateTimeOffset? first = null;
        foreach (DueTouch touch in _touches)
        {
            if (touch != own && touch.Priority <= own.Priority) continue;
            DateTimeOffset? due = TimeOf(touch, _caps, after);
            Offer(due);
            Offer(touch.CloseTime);
            if (due == after && touch.Window is { } window) Offer(window.OpenUntil(after));
            foreach (CapUse cap in _context.Bounds.CapsAround(touch.Caps, after))
            {
                if (cap.Period != CapPeriod.None) Offer(CapTime.ToTime(cap.Bounds.End));
                else
                    foreach (long stamp in _caps.StampsOf(cap.Key)) Offer(CapTime.ToTime(stamp) + cap.Window);
            }
        }

        foreach (CapReservation open in _caps.OpenReservations) Offer(CapTime.ToTime(open.ExpireMicros));
        return first;

        void Offer(DateTimeOffset? time)
        {
            if (time > after && !(first <= time)) first = time;
        }
    }

    private DateTimeOffset? TimeOf(DueTouch touch, CapLedger caps, DateTimeOffset from) => touch.TimeUnder(caps, from, _context);

    private static Rejection Rejection(Candidate candidate, (DueTouch Touch, DateTimeOffset Time) higher, DateTimeOffset? eligibleTime) => new(
        candidate.Action,
        candidate.Channel,
        EligibilityStage.Cap,
        "C2 priority",
        string.Create(
            CultureInfo.InvariantCulture, $"would put off {higher.Touch.Action.Name}, due {higher.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}"),
        string.Create(CultureInfo.InvariantCulture, $"a place left for priority {higher.Touch.Priority}"),
        eligibleTime);
}
