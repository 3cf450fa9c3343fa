using WinBack.Core.State;

namespace WinBack.Core.Policy;

/// <summary>Which of the segments of rules L2 a customer belongs to.</summary>
internal static class SegmentRules
{
    private const long EarlyMs = 183 * TimeSpan.MillisecondsPerDay;

    internal static Segment Of(CustomerState state, Lapse lapse)
    {
        bool hasPaid = state.Lifetime[TileCounter.Payments] > 0;
        if (lapse.IsCancelled) return OfCancelled(state, hasPaid);
        if (state.Lifetime[TileCounter.Purchases] > 1) return Segment.BoughtRepeatedly;
        if (state.Lifetime[TileCounter.Purchases] == 1) return Segment.BoughtOnce;
        if (hasPaid) return Segment.None;
        bool hasAccount = state.Instants.Has(Instant.SignedUp) || state.Instants.Has(Instant.LastLogin)
            || state.Instants.Has(Instant.LastUse);
        if (hasAccount) return Segment.FreeInactive;
        return state.Lifetime[TileCounter.Views] > 0 ? Segment.BrowsedOnly : Segment.None;
    }

    private static Segment OfCancelled(CustomerState state, bool hasPaid)
    {
        if (!hasPaid) return state.Instants.Has(Instant.TrialStarted) ? Segment.TrialCanceller : Segment.FreeInactive;
        long joined = (state.Instants[Instant.SignedUp] ?? state.Instants[Instant.FirstEvent])!.Value;
        return state.Instants[Instant.LastCancelled] - joined < EarlyMs ? Segment.EarlyChurner : Segment.TenuredChurner;
    }
}
