using WinBack.Core.Policy;

namespace WinBack.Tests.Decisions.Priorities;

/// <summary>
/// Two touches under caps that both are under, by brute force: every instant at which anything can change is tried, and a day is what
/// the calendar on the wall says. Shares no code with the engine.
/// </summary>
/// <param name="caps">Counted over all touches.</param>
/// <param name="due">From when rules let the higher one through.</param>
/// <param name="close">From when they do not any more.</param>
/// <param name="open">Hours of the day in which the higher one may be sent, by the wall; null for all.</param>
internal sealed class NaiveYield(
    IReadOnlyList<CapConfig> caps, TimeZoneInfo zone, DateTimeOffset due, DateTimeOffset close, (int From, int To)? open, TimeSpan lookahead)
{
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(75);

    /// <summary>Whether the lower one, sent at an instant, would put the higher one off.</summary>
    internal bool PutsOff(IReadOnlyList<DateTimeOffset> sent, DateTimeOffset at) =>
        FirstHigher(sent, at) is { } time && time - at <= lookahead && FirstHigher([.. sent, at], at) != time;

    /// <summary>The first instant at which there is a place for the lower one that the higher one does not need; null for none.</summary>
    internal DateTimeOffset? FirstLower(IReadOnlyList<DateTimeOffset> sent, DateTimeOffset from)
    {
        foreach (DateTimeOffset at in Instants(sent, from))
            if (HasPlace(sent, at) && !PutsOff(sent, at)) return at;
        return null;
    }

    internal bool HasPlace(IReadOnlyList<DateTimeOffset> sent, DateTimeOffset at) =>
        caps.All(cap => sent.Count(touch => touch <= at && IsCounted(cap, touch, at)) < cap.Limit);

    private DateTimeOffset? FirstHigher(IReadOnlyList<DateTimeOffset> sent, DateTimeOffset from)
    {
        foreach (DateTimeOffset at in Instants(sent, from))
            if (at >= due && at < close && IsOpen(at) && HasPlace(sent, at)) return at;
        return null;
    }

    private bool IsOpen(DateTimeOffset at) => open is not var (start, end) || (Local(at).Hour >= start && Local(at).Hour < end);

    private bool IsCounted(CapConfig cap, DateTimeOffset touch, DateTimeOffset at)
    {
        DateTime then = Local(touch).Date, now = Local(at).Date;
        return cap.Period switch
        {
            "day" => then == now,
            "week" => Monday(then) == Monday(now),
            "month" => (then.Year, then.Month) == (now.Year, now.Month),
            _ => touch > at - cap.Window,
        };
    }

    private IEnumerable<DateTimeOffset> Instants(IReadOnlyList<DateTimeOffset> sent, DateTimeOffset from)
    {
        var all = new SortedSet<DateTimeOffset> { from, due, close };
        foreach (CapConfig cap in caps)
            foreach (DateTimeOffset touch in sent) all.Add(touch + cap.Window);
        // Whole hours of UTC: all that the zones of the test begin a day or change their clocks at.
        for (DateTimeOffset hour = new(from.UtcDateTime.Date, TimeSpan.Zero); hour < from + Horizon; hour = hour.AddHours(1))
            if (Local(hour).Hour == 0 || Local(hour).Hour == open?.From || Local(hour).Hour == open?.To) all.Add(hour);
        return all.Where(at => at >= from);
    }

    private DateTime Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).DateTime;

    private static DateTime Monday(DateTime date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
}
