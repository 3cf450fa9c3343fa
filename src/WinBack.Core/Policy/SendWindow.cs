namespace WinBack.Core.Policy;

/// <summary>
/// When a customer may be written to on one channel (rules C4): while the schedule is open by the clock on the wall of
/// every zone. There is one zone when the customer's is known, and those that the playbook assumes when it is not.
/// <para>
/// It is asked of instants, never of local times: an hour that the clock skips never comes, so what would open in it opens
/// at the change; an hour that comes twice counts both times.
/// </para>
/// </summary>
/// <param name="Zones">At least one.</param>
public sealed record SendWindow(WeekSchedule Schedule, IReadOnlyList<TimeZoneInfo> Zones)
{
    /// <summary>How far ahead an opening is looked for. More than a year, so that each change of the clocks is met.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    /// <summary>No zone changes its clocks twice in so short a time.</summary>
    private static readonly TimeSpan Hop = TimeSpan.FromDays(1);

    /// <summary>The first instant from this one on at which a channel with this window is open; null for never.</summary>
    /// <param name="window">Null when the channel is always open.</param>
    public static DateTimeOffset? NextOpen(SendWindow? window, DateTimeOffset time) => window is null ? time : window.NextOpen(time);

    /// <summary>Whether a touch must be confirmed while it is open, and not only decided on. Default true.</summary>
    public bool BindsConfirm { get; init; } = true;

    /// <summary>The same window for a customer whose zone is known by now; for another, as it is.</summary>
    /// <param name="zone">IANA name; null, or no zone, when it is not known.</param>
    public SendWindow In(string? zone) => TimeZones.Find(zone) is { } known ? this with { Zones = [known] } : this;

    public bool IsOpenAt(DateTimeOffset time) => FirstClosed(time) is null;

    /// <summary>The first zone in which it is closed; null when it is open.</summary>
    public TimeZoneInfo? FirstClosed(DateTimeOffset time)
    {
        foreach (TimeZoneInfo zone in Zones)
            if (!Schedule.IsOpenAt(LocalTicks(zone, time))) return zone;
        return null;
    }

    /// <summary>
    /// The first instant from <paramref name="time"/> on at which it is open; null when there is none within the
    /// <see cref="Horizon"/>, as when the zones are too far apart.
    /// </summary>
    public DateTimeOffset? NextOpen(DateTimeOffset time)
    {
        DateTimeOffset at = time;
        while (at - time <= Horizon)
        {
            if (FirstClosed(at) is not { } closed) return at;
            at = NextBound(closed, at);
        }

        return null;
    }

    /// <summary>An instant at which it is closed again, or at least one up to which it stays open without a break.</summary>
    /// <param name="time">It is open then.</param>
    public DateTimeOffset OpenUntil(DateTimeOffset time)
    {
        DateTimeOffset until = DateTimeOffset.MaxValue;
        foreach (TimeZoneInfo zone in Zones)
            if (NextBound(zone, time) is var next && next < until) until = next;
        return until;
    }

    /// <summary>An instant after this one, up to which the schedule stays as it is in the zone.</summary>
    private DateTimeOffset NextBound(TimeZoneInfo zone, DateTimeOffset time)
    {
        TimeSpan offset = zone.GetUtcOffset(time);
        long toBound = Schedule.TicksToBound(time.UtcTicks + offset.Ticks);
        DateTimeOffset next = time.AddTicks(Math.Min(toBound, Hop.Ticks));
        return zone.GetUtcOffset(next) == offset ? next : ClockChange(zone, time, next, offset);
    }

    /// <summary>The first tick at which the offset is another, by bisection: the rules of zones are not to be read directly.</summary>
    private static DateTimeOffset ClockChange(TimeZoneInfo zone, DateTimeOffset before, DateTimeOffset after, TimeSpan offset)
    {
        while (after.UtcTicks - before.UtcTicks > 1)
        {
            DateTimeOffset middle = before.AddTicks((after.UtcTicks - before.UtcTicks) / 2);
            if (zone.GetUtcOffset(middle) == offset) before = middle;
            else after = middle;
        }

        return after;
    }

    private static long LocalTicks(TimeZoneInfo zone, DateTimeOffset time) => time.UtcTicks + zone.GetUtcOffset(time).Ticks;
}
