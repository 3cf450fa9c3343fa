using WinBack.Core.Events;

namespace WinBack.Testing.Checker;

/// <summary>What the log says of one decision to act, up to where it was read.</summary>
/// <param name="candidate">The chosen one, with its places in the caps of the evidence.</param>
/// <param name="tier">Of the customer, when it was decided.</param>
/// <param name="zone">Of the customer, when it was decided; the one that is assumed when it was not known.</param>
internal sealed class LogTouch(V1.Decision decision, V1.RankedCandidate candidate, ValueTier tier, TimeZoneInfo zone)
{
    internal V1.Decision Decision => decision;

    internal V1.RankedCandidate Candidate => candidate;

    internal ValueTier Tier => tier;

    internal DateTimeOffset DecideTime { get; } = decision.DecideTime.ToDateTimeOffset();

    /// <summary>The date that the message names; null when it names none.</summary>
    internal DateTimeOffset? OfferEnd { get; } = decision.OfferEndTime?.ToDateTimeOffset();

    /// <summary>The date on the customer's wall.</summary>
    internal DateTime LocalDay(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).Date;

    /// <summary>When its places were taken, by the clock of the caps.</summary>
    internal DateTimeOffset Stamp { get; } =
        decision.ReservationExpireTime.ToDateTimeOffset() - decision.Evidence.Reservation.ToTimeSpan();

    internal DateTimeOffset Expires { get; } = decision.ReservationExpireTime.ToDateTimeOffset();

    internal bool IsMarketing => !candidate.Transactional;

    internal DateTimeOffset? ConfirmTime { get; set; }

    internal bool IsReleased { get; set; }

    internal bool HasFailed { get; set; }

    internal bool WasSent { get; set; }

    internal bool HasArrived { get; set; }

    /// <summary>When it was seen, by event id.</summary>
    internal Dictionary<string, DateTimeOffset> Impressions { get; } = [];

    internal IEnumerable<V1.CapUse> Caps => candidate.Caps.Select(place => decision.Evidence.Caps[place]);

    /// <summary>Times of the places that the touch holds under a cap at an instant.</summary>
    internal IEnumerable<DateTimeOffset> PlacesUnder(string key, DateTimeOffset at)
    {
        if (Caps.FirstOrDefault(cap => cap.Key == key) is not { } own) yield break;
        bool isOpen = ConfirmTime is null && !IsReleased && at < Expires;
        bool isTaken = own.Counts switch
        {
            "sent" => !HasFailed || WasSent || HasArrived || Impressions.Count > 0,
            "delivered" => !HasFailed || HasArrived || Impressions.Count > 0,
            "impression" => !HasFailed,
            _ => true,
        };
        if ((isOpen || (ConfirmTime is not null && isTaken)) && !(own.Counts == "impression" && Impressions.Count > 0)) yield return Stamp;
        if (own.Counts != "impression") yield break;
        foreach (DateTimeOffset seen in Impressions.Values) yield return seen;
    }
}
