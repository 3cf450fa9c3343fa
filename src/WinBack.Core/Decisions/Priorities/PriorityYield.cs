using System.Globalization;
using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions.Priorities;

/// <summary>
/// A touch leaves its place to one of higher priority that is due for the same customer within the playbook's lookahead
/// (rules C2): if taking the place now would put the other one off, under any cap that both are under, it is turned down.
/// Whether it would is asked of the caps themselves, with the touch taken and without.
/// </summary>
internal sealed class PriorityYield
{
    /// <summary>How many instants are tried for the time at which a touch need not yield any more.</summary>
    private const int MostInstants = 32;

    private readonly PlaybookModel _playbook;
    private readonly CapLedger _caps;
    private readonly DateTimeOffset _asOf;
    private readonly List<DueTouch> _touches = [];

    private PriorityYield(PolicyReview review, PlaybookModel playbook, CapLedger caps, DateTimeOffset asOf)
    {
        (_playbook, _caps, _asOf) = (playbook, caps, asOf);
        foreach (Candidate now in review.Ranking)
            _touches.Add(new DueTouch(now.Action, PriorityOf(now.Action), asOf, now.CloseTime, now.Caps, now.Window));
        foreach (UpcomingAction later in review.Upcoming)
            _touches.Add(new DueTouch(later.Action, PriorityOf(later.Action), later.OpenTime, later.CloseTime, later.Caps, later.Window));
    }

    internal static PolicyReview Apply(PolicyReview review, PlaybookModel playbook, CapLedger caps, DateTimeOffset asOf) =>
        playbook.PriorityLookahead > TimeSpan.Zero ? new PriorityYield(review, playbook, caps, asOf).Judge(review) : review;

    private PolicyReview Judge(PolicyReview review)
    {
        var ranking = new List<Candidate>(review.Ranking.Count);
        var rejections = new List<Rejection>(review.Rejections);
        var upcoming = new List<UpcomingAction>(review.Upcoming.Count);
        for (int i = 0; i < review.Ranking.Count; i++)
        {
            Candidate candidate = review.Ranking[i];
            // One that caps hold back now is judged by the instant at which they let it pass.
            DateTimeOffset at = _touches[i].TimeUnder(_caps, _asOf) ?? _asOf;
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
        return new PolicyReview(ranking, rejections, upcoming);
    }

    /// <summary>The one of higher priority that would be put off if the touch were sent at an instant; null when there is none.</summary>
    private (DueTouch Touch, DateTimeOffset Time)? HigherOne(DueTouch own, DateTimeOffset at)
    {
        CapLedger? taken = null;
        foreach (DueTouch other in _touches)
        {
            if (other.Priority <= own.Priority || other.TimeUnder(_caps, at) is not { } time) continue;
            if (time - at > _playbook.PriorityLookahead) continue;
            taken ??= Taken(own, at);
            if (!(other.TimeUnder(taken, at) <= time)) return (other, time);
        }

        return null;
    }

    /// <summary>The caps as they were if the touch were sent at an instant.</summary>
    private CapLedger Taken(DueTouch own, DateTimeOffset at)
    {
        CapLedger taken = _caps.Copy();
        taken.Take(Guid.Empty, own.Caps, taken.Advance(at), _playbook.Reservation);
        taken.Confirm(Guid.Empty, taken.Advance(at));
        return taken;
    }

    /// <summary>When the touch is let through, and puts off none of higher priority; null for never, as far as is known now.</summary>
    private DateTimeOffset? FirstTime(DueTouch own)
    {
        int tried = 0;
        foreach (DateTimeOffset instant in Instants(own))
        {
            if (own.TimeUnder(_caps, instant) is not { } time || ++tried > MostInstants) return null;
            if (HigherOne(own, time) is null) return time;
        }

        return null;
    }

    /// <summary>When the answer may be another: as places come free, and as the others come due.</summary>
    private IEnumerable<DateTimeOffset> Instants(DueTouch own)
    {
        var instants = new SortedSet<DateTimeOffset> { _asOf };
        foreach (DueTouch touch in _touches)
        {
            if (touch.Priority > own.Priority && touch.TimeUnder(_caps, _asOf) is { } due) instants.Add(due);
            foreach (CapUse cap in touch.Caps)
            {
                foreach (long stamp in _caps.StampsOf(cap.Key))
                    instants.Add(cap.Period == CapPeriod.None ? CapTime.ToTime(stamp) + cap.Window : CapTime.ToTime(cap.Bounds.End));
                foreach (CapReservation open in _caps.OpenReservations) instants.Add(CapTime.ToTime(open.ExpireMicros));
            }
        }

        return instants.Where(instant => instant >= _asOf);
    }

    private static Rejection Rejection(Candidate candidate, (DueTouch Touch, DateTimeOffset Time) higher, DateTimeOffset? eligibleTime) => new(
        candidate.Action,
        candidate.Channel,
        EligibilityStage.Cap,
        "C2 priority",
        string.Create(
            CultureInfo.InvariantCulture, $"would put off {higher.Touch.Action}, due {higher.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}"),
        string.Create(CultureInfo.InvariantCulture, $"a place left for priority {higher.Touch.Priority}"),
        eligibleTime);

    private int PriorityOf(string action)
    {
        foreach (ActionModel model in _playbook.Actions)
            if (model.Name == action) return model.Priority;
        return 0;
    }
}
