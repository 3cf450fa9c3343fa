namespace WinBack.Core.Policy;

/// <summary>Days, weeks and months by the clock on the wall of a zone, as instants (rules C2).</summary>
internal static class LocalCalendar
{
    /// <summary>Longer than any zone is away from UTC.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(15);

    /// <param name="period">Day, week or month.</param>
    internal static PeriodBounds Around(CapPeriod period, TimeZoneInfo zone, DateTimeOffset time)
    {
        DateOnly date = DateOnly.FromDateTime(time.ToOffset(zone.GetUtcOffset(time)).DateTime);
        DateOnly start = period switch
        {
            CapPeriod.Day => date,
            CapPeriod.Week => date.AddDays(-(((int)date.DayOfWeek + 6) % 7)),
            CapPeriod.Month => new DateOnly(date.Year, date.Month, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(period), period, "is no period of a calendar"),
        };
        return PeriodBounds.Of(
            StartOf(zone, Step(period, start, -1)), StartOf(zone, start), StartOf(zone, Step(period, start, 1)),
            StartOf(zone, Step(period, start, 2)));
    }

    /// <summary>The first instant of a day. Midnight may be skipped, or come twice: then it is the change, or the first one.</summary>
    internal static DateTimeOffset StartOf(TimeZoneInfo zone, DateOnly date)
    {
        var midnight = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset guess = midnight - zone.GetUtcOffset(midnight - zone.GetUtcOffset(midnight));
        if (HasCome(guess) && !HasCome(guess.AddTicks(-1))) return guess;
        DateTimeOffset before = midnight - Farthest, after = midnight + Farthest;
        while (after.UtcTicks - before.UtcTicks > 1)
        {
            DateTimeOffset middle = before.AddTicks((after.UtcTicks - before.UtcTicks) / 2);
            if (HasCome(middle)) after = middle;
            else before = middle;
        }

        return after;

        bool HasCome(DateTimeOffset time) => time.UtcTicks + zone.GetUtcOffset(time).Ticks >= midnight.UtcTicks;
    }

    private static DateOnly Step(CapPeriod period, DateOnly start, int steps) => period switch
    {
        CapPeriod.Day => start.AddDays(steps),
        CapPeriod.Week => start.AddDays(7 * steps),
        _ => start.AddMonths(steps),
    };
}
