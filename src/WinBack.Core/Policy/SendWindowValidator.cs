using WinBack.Core.Events;

namespace WinBack.Core.Policy;

/// <summary>Checks the send windows of a playbook (rules C4).</summary>
internal sealed class SendWindowValidator(SendWindowsConfig config, FieldChecks check)
{
    /// <summary>Instants at which an opening must be near: one in each half of the year, as clocks differ by up to an hour.</summary>
    private static readonly DateTimeOffset[] Seasons =
        [new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), new(2026, 7, 6, 0, 0, 0, TimeSpan.Zero)];

    internal void Validate()
    {
        int before = check.Errors.Count;
        for (int i = 0; i < config.ZonesWhenUnknown.Count; i++)
            if (TimeZones.Find(config.ZonesWhenUnknown[i]) is null)
                check.Add(
                    $"send_windows.zones_when_unknown[{i}]", $"there is no time zone '{config.ZonesWhenUnknown[i]}'",
                    "write an IANA name, e.g. Europe/London");
        if (config.LateConfirm is not ("refuse" or "allow"))
            check.Add("send_windows.late_confirm", $"'{config.LateConfirm}' is neither refuse nor allow", "write refuse or allow", "C4");
        for (int i = 0; i < config.Windows.Count; i++) Window($"send_windows.windows[{i}]", config.Windows[i]);
        if (config.Windows.Count > 0 && config.ZonesWhenUnknown.Count == 0)
            check.Add(
                "send_windows.zones_when_unknown", "is missing: a window means nothing where the zone is unknown",
                "name the zone to assume, or all the zones in which the window must be open", "C4");
        if (check.Errors.Count == before) Openings();
    }

    private void Window(string path, SendWindowConfig window)
    {
        check.OneOf<Channel>(path + ".channel", window.Channel);
        check.All<DayOfWeek>(path + ".days", window.Days);
        TimeOfDay(path + ".from", window.From);
        TimeOfDay(path + ".to", window.To);
    }

    private void TimeOfDay(string path, string text)
    {
        if (SendWindowsModel.MinuteOf(text) is null) check.Add(path, $"'{text}' is no time of day", "write 00:00 to 24:00, in quotes");
    }

    /// <summary>A window that is always open says nothing, and one that never is stops the channel unseen.</summary>
    private void Openings()
    {
        TimeZoneInfo[] zones = config.ZonesWhenUnknown.Select(name => TimeZones.Find(name)!).ToArray();
        foreach (IGrouping<string, SendWindowConfig> channel in config.Windows.GroupBy(w => w.Channel))
        {
            string path = $"send_windows.windows[{config.Windows.IndexOf(channel.First())}]";
            WeekSchedule schedule = SendWindowsModel.ScheduleOf(channel);
            if (schedule.IsAlwaysOpen)
                check.Add(path, $"{channel.Key} is always open", "leave the windows of a channel without quiet hours out");
            var window = new SendWindow(schedule, zones);
            if (Seasons.Any(season => !(window.NextOpen(season) - season <= TimeSpan.FromDays(8))))
                check.Add(
                    path, $"{channel.Key} is never open in all of zones_when_unknown at once",
                    "write a longer window, or zones that are closer together");
        }
    }
}
