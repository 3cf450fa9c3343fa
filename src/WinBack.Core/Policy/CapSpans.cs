using System.Globalization;

namespace WinBack.Core.Policy;

/// <summary>
/// What a cap counts within, as a length of time, and how many touches one cap lets happen within what another one counts:
/// so many of its windows, or of its periods, cover it. Days of a calendar last 22 to 26 hours, for no zone sets its clocks
/// by more than two.
/// </summary>
internal static class CapSpans
{
    private static readonly TimeSpan ClockChange = TimeSpan.FromHours(2);

    internal static bool IsWellFormed(CapConfig cap) =>
        cap.MinGap > TimeSpan.Zero || (cap.Limit > 0 && (cap.Period.Length == 0 ? cap.Window > TimeSpan.Zero : PeriodOf(cap) != CapPeriod.None));

    internal static int LimitOf(CapConfig cap) => cap.MinGap > TimeSpan.Zero ? 1 : cap.Limit;

    internal static string Text(CapConfig cap) => PeriodOf(cap) == CapPeriod.None
        ? string.Create(CultureInfo.InvariantCulture, $"{WindowOf(cap).TotalDays:0.##} d")
        : "one " + cap.Period;

    /// <summary>
    /// The most touches that the outer cap allows within one window or period of the inner one; null when it sets no bound.
    /// </summary>
    /// <param name="outer">Well formed, and so is the inner one.</param>
    /// <param name="sequence">Length of a sequence.</param>
    internal static long? Most(CapConfig outer, CapConfig inner, TimeSpan sequence)
    {
        CapPeriod within = PeriodOf(inner);
        long? pieces = PeriodOf(outer) switch
        {
            CapPeriod.None => Pieces(Longest(inner, sequence), WindowOf(outer)),
            CapPeriod.Sequence => within == CapPeriod.Sequence ? 1 : null,
            var period when period == within => 1,
            // A day lies in one week and in one month; a week in two months at most, and a month in six weeks.
            CapPeriod.Week or CapPeriod.Month when within == CapPeriod.Day => 1,
            CapPeriod.Month when within == CapPeriod.Week => 2,
            CapPeriod.Week when within == CapPeriod.Month => 6,
            CapPeriod.Day when within == CapPeriod.Week => 7,
            CapPeriod.Day when within == CapPeriod.Month => 31,
            // Periods do not begin where the window does: one more than fit in.
            var period => Pieces(Longest(inner, sequence), Shortest(period)) + 1,
        };
        return pieces * LimitOf(outer);
    }

    private static long Pieces(TimeSpan whole, TimeSpan piece) => (whole.Ticks + piece.Ticks - 1) / piece.Ticks;

    private static TimeSpan Longest(CapConfig cap, TimeSpan sequence) => PeriodOf(cap) switch
    {
        CapPeriod.Day => TimeSpan.FromDays(1) + ClockChange,
        CapPeriod.Week => TimeSpan.FromDays(7) + ClockChange,
        CapPeriod.Month => TimeSpan.FromDays(31) + ClockChange,
        CapPeriod.Sequence => sequence,
        _ => WindowOf(cap),
    };

    private static TimeSpan Shortest(CapPeriod period) => period switch
    {
        CapPeriod.Day => TimeSpan.FromDays(1) - ClockChange,
        CapPeriod.Week => TimeSpan.FromDays(7) - ClockChange,
        _ => TimeSpan.FromDays(28) - ClockChange,
    };

    private static TimeSpan WindowOf(CapConfig cap) => cap.MinGap > TimeSpan.Zero ? cap.MinGap : cap.Window;

    private static CapPeriod PeriodOf(CapConfig cap) =>
        cap.MinGap == TimeSpan.Zero && Names.TryParse(cap.Period, out CapPeriod period) ? period : CapPeriod.None;
}
