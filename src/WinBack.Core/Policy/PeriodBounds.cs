namespace WinBack.Core.Policy;

/// <summary>
/// Where the periods of a cap meet, around the instant of a decision, in microseconds since 1970, ascending. The clock of the
/// caps is another one than that which decides, so the neighbours of the current period are named too.
/// </summary>
/// <param name="Before">Where the period before the current one begins.</param>
/// <param name="Start">Where the current period begins.</param>
/// <param name="End">Where the next one begins.</param>
/// <param name="After">Where that one ends.</param>
public readonly record struct PeriodBounds(long Before, long Start, long End, long After)
{
    public static PeriodBounds Of(DateTimeOffset before, DateTimeOffset start, DateTimeOffset end, DateTimeOffset after) =>
        new(CapTime.ToMicros(before), CapTime.ToMicros(start), CapTime.ToMicros(end), CapTime.ToMicros(after));

    /// <summary>
    /// The period of an instant. Before all bounds it is all that was, and behind the last one all that comes: more is
    /// counted then than need be, never less.
    /// </summary>
    /// <returns>Its beginning, and its end, which is after <paramref name="nowMicros"/>.</returns>
    public (long StartMicros, long EndMicros) PeriodOf(long nowMicros)
    {
        if (nowMicros < Before) return (0, Before);
        if (nowMicros < Start) return (Before, Start);
        if (nowMicros < End) return (Start, End);
        return nowMicros < After ? (End, After) : (After, nowMicros + After - End);
    }
}
