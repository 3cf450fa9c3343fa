using WinBack.Core.Policy;

namespace WinBack.Core.Caps;

/// <summary>
/// What the caps say to a ranking while a customer's touches are as they were read, and between which instants: a store then
/// has to compare touches and clock, and judges no cap.
/// </summary>
/// <param name="Chosen">Index of the first candidate that all its caps allow; -1 when there is none.</param>
/// <param name="Denials">Of every candidate better than the chosen one, by candidate.</param>
/// <param name="FromMicros">The first instant.</param>
/// <param name="UntilMicros">The first instant at which the caps may say something else.</param>
public sealed record CapForecast(int Chosen, IReadOnlyList<CapDenial> Denials, long FromMicros, long UntilMicros)
{
    /// <param name="ledger">As it was read, and not changed.</param>
    /// <param name="clock">UTC; an instant at which the forecast holds, if the clock of the caps agrees.</param>
    /// <returns>Null when asking would change the ledger otherwise than by taking places.</returns>
    public static CapForecast? Of(IReadOnlyList<Candidate> ranking, CapLedger ledger, DateTimeOffset clock)
    {
        long now = Math.Max(CapTime.ToMicros(clock), ledger.LastChangeMicros + 1);
        var denials = new List<CapDenial>();
        int chosen = ledger.FirstAllowed(ranking, now, denials);
        var steady = new Interval(now);
        foreach (CapReservation open in ledger.OpenReservations) steady.Bound(open.ExpireMicros);
        // What has expired is given back first.
        if (steady.From > long.MinValue) return null;
        for (int c = 0; c <= (chosen < 0 ? ranking.Count - 1 : chosen); c++)
            foreach (CapUse cap in ranking[c].Caps)
                if (!IsBounded(cap, ledger, ref steady)) return null;
        if (chosen >= 0 && ForgetsTouches(ledger, now, ref steady)) return null;
        return new CapForecast(chosen, denials, steady.From, steady.Until);
    }

    /// <returns>False behind the bounds of a period, where the end of what counts moves with the clock.</returns>
    private static bool IsBounded(CapUse cap, CapLedger ledger, ref Interval steady)
    {
        if (cap.Period != CapPeriod.None)
        {
            steady.Bound(cap.Bounds.Before);
            steady.Bound(cap.Bounds.Start);
            steady.Bound(cap.Bounds.End);
            steady.Bound(cap.Bounds.After);
            return steady.Now < cap.Bounds.After;
        }

        long window = CapTime.ToMicros(cap.Window);
        foreach (long stamp in ledger.StampsOf(cap.Key)) steady.Bound(stamp + window);
        foreach (Impression impression in ledger.ImpressionsOf(cap.Key)) steady.Bound(impression.TimeMicros + window);
        return true;
    }

    /// <summary>Whoever takes places forgets touches whose outcomes change nothing any more.</summary>
    private static bool ForgetsTouches(CapLedger ledger, long now, ref Interval steady)
    {
        bool forgets = false;
        foreach ((Guid request, CountedTouch touch) in ledger.CountedTouches)
        {
            if (ledger.IsOpen(request)) continue;
            steady.Bound(touch.KeepMicros);
            forgets |= touch.KeepMicros <= now;
        }

        return forgets;
    }

    /// <summary>Around an instant, between others.</summary>
    private struct Interval(long now)
    {
        internal readonly long Now => now;

        internal long From { get; private set; } = long.MinValue;

        internal long Until { get; private set; } = long.MaxValue;

        internal void Bound(long instant)
        {
            if (instant <= now) From = Math.Max(From, instant);
            else Until = Math.Min(Until, instant);
        }
    }
}
