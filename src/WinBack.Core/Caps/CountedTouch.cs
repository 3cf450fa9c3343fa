using WinBack.Core.Policy;

namespace WinBack.Core.Caps;

/// <summary>A touch under caps that count more than reservations, and what was heard of it.</summary>
/// <param name="StampMicros">The time stamp of its places.</param>
/// <param name="KeepMicros">Until when outcomes can change what a cap counts.</param>
/// <param name="Counted">The caps, as they counted when the touch was made.</param>
public sealed record CountedTouch(
    long StampMicros, long KeepMicros, TouchEvidence Heard, IReadOnlyList<(CapUnit Unit, string Key)> Counted)
{
    /// <summary>The longest time that an audience sees an advertisement after it was booked (rules A10).</summary>
    private static readonly TimeSpan ImpressionsFollow = TimeSpan.FromDays(90);

    /// <summary>How long after a touch its outcomes can change what a cap counts; zero when they never do.</summary>
    public static TimeSpan KeepFor(CapUse cap)
    {
        if (cap.Counts == CapUnit.Reserved) return TimeSpan.Zero;
        TimeSpan span = cap.Period == CapPeriod.None ? cap.Window : TimeSpan.FromMicroseconds(cap.Bounds.After - cap.Bounds.Start);
        return cap.Counts == CapUnit.Impression && span < ImpressionsFollow ? ImpressionsFollow : span;
    }

    /// <summary>Null when no cap counts more than the reservation.</summary>
    public static CountedTouch? Of(IReadOnlyList<CapUse> caps, long stampMicros)
    {
        List<(CapUnit, string)>? counted = null;
        TimeSpan keep = TimeSpan.Zero;
        foreach (CapUse cap in caps)
        {
            if (cap.Counts == CapUnit.Reserved) continue;
            (counted ??= []).Add((cap.Counts, cap.Key));
            if (KeepFor(cap) is var own && own > keep) keep = own;
        }

        return counted is null
            ? null
            : new CountedTouch(stampMicros, stampMicros + CapTime.ToMicros(keep), TouchEvidence.None, counted);
    }

    /// <summary>Whether the touch holds the place of its own time stamp. Impressions hold places of theirs.</summary>
    /// <param name="isOpen">Only reserved: it may still be sent, whatever was heard.</param>
    public bool Holds(CapUnit unit, bool isOpen)
    {
        if (unit == CapUnit.Impression && Heard.HasFlag(TouchEvidence.Shown)) return false;
        return isOpen || !Heard.HasFlag(TouchEvidence.Failed) || (Heard & ProofOf(unit)) != 0;
    }

    /// <summary>Whether a touch that was confirmed counts as sent: it did not fail, or something shows that it left nevertheless.</summary>
    public static bool HasLeft(TouchEvidence heard) =>
        !heard.HasFlag(TouchEvidence.Failed) || (heard & ProofOf(CapUnit.Sent)) != 0;

    private static TouchEvidence ProofOf(CapUnit unit) => unit switch
    {
        CapUnit.Sent => TouchEvidence.Sent | TouchEvidence.Delivered | TouchEvidence.Shown,
        CapUnit.Delivered => TouchEvidence.Delivered | TouchEvidence.Shown,
        _ => TouchEvidence.Shown,
    };
}
