using WinBack.Core.State;

namespace WinBack.Core.Policy.Reasons;

/// <summary>Reads <see cref="BehaviourClue"/>s off a state. The as-of instant plays no part: a reason does not change by waiting.</summary>
internal static class BehaviourClues
{
    private const long DayMs = TimeSpan.MillisecondsPerDay;
    private const int CounterCount = 32;

    internal static bool Holds(BehaviourClue clue, CustomerState state) => clue switch
    {
        BehaviourClue.SupportCaseLast => Time(state, Instant.LastSupportOpened) is { } opened && !(opened < Time(state, Instant.LastActivity)),
        BehaviourClue.PoorSatisfaction => Satisfaction(state) is 1 or 2,
        BehaviourClue.GoodSatisfaction => Satisfaction(state) is 4 or 5,
        BehaviourClue.FailedPayment => HasFailedPayment(state),
        BehaviourClue.SilentBeforeCancelling => SilenceBeforeCancelling(state) > 30 * DayMs,
        BehaviourClue.UsedToTheEnd => SilenceBeforeCancelling(state) is >= 0 and <= 3 * DayMs,
        BehaviourClue.FallingUse => IsUseFalling(state),
        BehaviourClue.ErrorsMet => HasMetErrors(state),
        _ => false,
    };

    internal static string TextOf(BehaviourClue clue) => clue switch
    {
        BehaviourClue.SupportCaseLast => "the last activity was a support case",
        BehaviourClue.PoorSatisfaction => "a support case was rated 1 or 2 of 5",
        BehaviourClue.GoodSatisfaction => "the last support case was rated 4 or 5 of 5",
        BehaviourClue.FailedPayment => "the last payment failed",
        BehaviourClue.SilentBeforeCancelling => "the product was not used for 30 days before the cancellation",
        BehaviourClue.UsedToTheEnd => "the product was used up to the cancellation",
        BehaviourClue.FallingUse => "use fell to less than half in the last weeks",
        _ => "one use of ten or more met an error",
    };

    private static long? Time(CustomerState state, Instant instant) => state.Instants[instant];

    /// <summary>The cancellation that the customer has not come back from, else the last activity.</summary>
    private static long? End(CustomerState state) => Cancelled(state) ?? Time(state, Instant.LastActivity);

    private static long? Cancelled(CustomerState state) =>
        Time(state, Instant.LastCancelled) is { } cancelled && !(Time(state, Instant.LastReengaged) > cancelled) ? cancelled : null;

    /// <summary>Of customers who used a product; null for others. What they did after the cancellation is no use.</summary>
    private static long? SilenceBeforeCancelling(CustomerState state)
    {
        if (Cancelled(state) is not { } cancelled) return null;
        long? used = Later(Time(state, Instant.LastUse), Time(state, Instant.LastLogin));
        if (used is null) return null;
        long? active = Later(used, Later(Time(state, Instant.LastPurchase), Time(state, Instant.LastView)));
        return cancelled - active;
    }

    private static long? Later(long? one, long? other) => one is null || other > one ? other : one;

    private static long? Satisfaction(CustomerState state) =>
        state.Facts.TimeMs(Fact.LastSatisfaction) >= End(state) - (90 * DayMs) ? state.Facts.Number(Fact.LastSatisfaction) : null;

    private static bool HasFailedPayment(CustomerState state) =>
        Time(state, Instant.LastFailedPayment) is { } failed
        && failed >= (End(state) ?? failed) - (45 * DayMs)
        && !(Time(state, Instant.LastPayment) >= failed);

    private static bool IsUseFalling(CustomerState state)
    {
        if (End(state) is not { } end || state.Lifetime[TileCounter.Uses] == 0) return false;
        int week = state.Weeks.IndexOf(end);
        long late = Uses(state, week - 3, week, TileCounter.Uses);
        long early = Uses(state, week - 11, week - 4, TileCounter.Uses);
        // Eight weeks against four, and a use a week at least, below which nothing can be seen to fall.
        return early >= 8 && 4 * late < early;
    }

    private static bool HasMetErrors(CustomerState state)
    {
        if (End(state) is not { } end || state.Lifetime[TileCounter.UsageErrors] == 0) return false;
        int week = state.Weeks.IndexOf(end);
        return 10 * Uses(state, week - 11, week, TileCounter.UsageErrors) is var errors and > 0
            && errors >= Uses(state, week - 11, week, TileCounter.Uses);
    }

    private static long Uses(CustomerState state, int first, int last, TileCounter counter)
    {
        Span<long> sums = stackalloc long[CounterCount];
        sums.Clear();
        state.Weeks.Sum(first, last, sums);
        return sums[(int)counter];
    }
}
