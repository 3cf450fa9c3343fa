namespace WinBack.Core.Policy;

/// <summary>
/// The open times of a week by the clock on the wall, to the minute. Immutable. Days begin on Monday; the week has no
/// end, so that a time from Sunday night to Monday morning is one piece.
/// </summary>
public sealed class WeekSchedule
{
    /// <summary>Minutes of a week.</summary>
    public const int WeekMinutes = 7 * DayMinutes;

    /// <summary>Minutes of a day, by the clock on the wall.</summary>
    public const int DayMinutes = 24 * 60;

    /// <summary>Ticks since 0001-01-01, a Monday, are ticks since the beginning of a week too.</summary>
    private const long WeekTicks = 7 * TimeSpan.TicksPerDay;

    /// <summary>Bounds in minutes of the week: open, close, open, close, ... ascending, and none of them twice.</summary>
    private readonly int[] _bounds;

    /// <param name="open">Pairs (from, to) in minutes of the week, from &lt; to; they may overlap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound lies outside of the week, or a time ends before it begins.</exception>
    public WeekSchedule(IEnumerable<(int From, int To)> open)
    {
        var bounds = new List<int>();
        foreach ((int from, int to) in open.Order())
        {
            if (from < 0 || to > WeekMinutes || from >= to) throw new ArgumentOutOfRangeException(nameof(open), $"{from} to {to}");
            if (bounds.Count == 0 || from > bounds[^1]) bounds.AddRange([from, to]);
            else bounds[^1] = Math.Max(bounds[^1], to);
        }

        _bounds = [.. bounds];
    }

    /// <summary>Open, close, open, close, ... in minutes of the week from Monday 00:00, ascending.</summary>
    public IReadOnlyList<int> Bounds => _bounds;

    public bool IsAlwaysOpen => _bounds is [0, WeekMinutes];

    /// <param name="localTicks">Ticks of the clock on the wall since 0001-01-01T00:00.</param>
    public bool IsOpenAt(long localTicks) => (NextBound(localTicks % WeekTicks) & 1) == 1;

    /// <summary>Ticks until the next bound, if the clock is not set meanwhile; a week at most.</summary>
    /// <param name="localTicks">Ticks of the clock on the wall since 0001-01-01T00:00.</param>
    public long TicksToBound(long localTicks)
    {
        long ticks = localTicks % WeekTicks;
        int next = NextBound(ticks);
        return (next < _bounds.Length ? TicksOf(_bounds[next]) : WeekTicks) - ticks;
    }

    /// <summary>Place of the first bound after an instant of the week: odd while it is open.</summary>
    private int NextBound(long ticks)
    {
        int next = 0;
        while (next < _bounds.Length && TicksOf(_bounds[next]) <= ticks) next++;
        return next;
    }

    private static long TicksOf(int minutes) => minutes * TimeSpan.TicksPerMinute;
}
