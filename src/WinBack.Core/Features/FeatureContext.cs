using WinBack.Core.State;

namespace WinBack.Core.Features;

/// <summary>
/// What the features of one customer are computed from: the state, an instant, and the counters summed by window.
/// Made once and loaded for customer after customer; not thread-safe.
/// </summary>
/// <remarks>
/// Windows up to 30 days are whole UTC days and end with the day of the instant; longer ones are whole weeks (13 for
/// 90 days, 53 for 365) and end with its week, so that they reach up to six days less or more than their name says.
/// </remarks>
public sealed class FeatureContext
{
    private const int CounterCount = 32;
    private readonly long[] _sums = new long[5 * CounterCount];
    private long _asOfMs;

    public CustomerState State { get; private set; } = new();

    /// <summary>UTC.</summary>
    public DateTimeOffset AsOf => DateTimeOffset.FromUnixTimeMilliseconds(_asOfMs);

    /// <param name="asOf">UTC; the state holds only events before it.</param>
    public void Load(CustomerState state, DateTimeOffset asOf)
    {
        State = state;
        _asOfMs = asOf.ToUnixTimeMilliseconds();
        Array.Clear(_sums);
        int day = state.Days.IndexOf(_asOfMs);
        int week = state.Weeks.IndexOf(_asOfMs);
        state.Days.Sum(day - 6, day, SumsOf(FeatureWindow.Days7));
        state.Days.Sum(day - 29, day, SumsOf(FeatureWindow.Days30));
        state.Weeks.Sum(week - 12, week, SumsOf(FeatureWindow.Days90));
        state.Weeks.Sum(week - 25, week - 13, SumsOf(FeatureWindow.PriorDays90));
        state.Weeks.Sum(week - 52, week, SumsOf(FeatureWindow.Days365));
    }

    public long Sum(TileCounter counter, FeatureWindow window) => _sums[((int)window * CounterCount) + (int)counter];

    public long Lifetime(TileCounter counter) => State.Lifetime[counter];

    /// <summary>Days from an instant to as-of, not below 0; NaN when it never was.</summary>
    public double DaysSince(Instant instant) =>
        State.Instants[instant] is { } timeMs ? Math.Max(0, _asOfMs - timeMs) / (double)TimeSpan.MillisecondsPerDay : double.NaN;

    /// <summary>Mean days between one purchase and the next; NaN below two purchases.</summary>
    public double MeanPurchaseGapDays()
    {
        long purchases = Lifetime(TileCounter.Purchases);
        if (purchases < 2) return double.NaN;
        long spanMs = State.Instants[Instant.LastPurchase]!.Value - State.Instants[Instant.FirstPurchase]!.Value;
        return spanMs / (double)TimeSpan.MillisecondsPerDay / (purchases - 1);
    }

    /// <summary>Weeks of the last 53 in which the counter is not zero.</summary>
    public int ActiveWeeks(TileCounter counter)
    {
        int week = State.Weeks.IndexOf(_asOfMs);
        int active = 0;
        foreach (Tile tile in State.Weeks)
            if (tile.Index > week - 53 && tile.Index <= week && tile[counter] > 0) active++;
        return active;
    }

    /// <summary>A number fact; NaN when it is not known.</summary>
    public double Number(Fact fact) => State.Facts.Number(fact) ?? double.NaN;

    private Span<long> SumsOf(FeatureWindow window) => _sums.AsSpan((int)window * CounterCount, CounterCount);
}
