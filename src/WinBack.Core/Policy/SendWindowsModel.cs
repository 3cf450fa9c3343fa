using WinBack.Core.Events;

namespace WinBack.Core.Policy;

/// <summary>Validated send windows; see <see cref="SendWindowsConfig"/>.</summary>
/// <param name="ZonesWhenUnknown">At least one when there is a schedule.</param>
/// <param name="BindsConfirm">Whether a touch must be confirmed before its window closes.</param>
/// <param name="Schedules">By channel; a channel that is not among them is always open.</param>
public sealed record SendWindowsModel(
    IReadOnlyList<TimeZoneInfo> ZonesWhenUnknown, bool BindsConfirm, IReadOnlyDictionary<Channel, ChannelSchedule> Schedules)
{
    internal static SendWindowsModel Of(SendWindowsConfig config) => new(
        config.ZonesWhenUnknown.Select(name => TimeZones.Find(name)!).ToArray(),
        config.LateConfirm != "allow",
        config.Windows.GroupBy(w => w.Channel).ToDictionary(
            group => Names.TryParse(group.Key, out Channel channel) ? channel : Channel.None,
            group => new ChannelSchedule(ScheduleOf(group), string.Join(" or ", group.Select(Text)))));

    /// <summary>Minutes of a day; null when the text is no time of day.</summary>
    internal static int? MinuteOf(string text) =>
        text.Length == 5 && text[2] == ':'
        && int.TryParse(text.AsSpan(0, 2), System.Globalization.NumberStyles.None, null, out int hour)
        && int.TryParse(text.AsSpan(3), System.Globalization.NumberStyles.None, null, out int minute)
        && minute < 60 && (hour * 60) + minute <= WeekSchedule.DayMinutes
            ? (hour * 60) + minute
            : null;

    internal static WeekSchedule ScheduleOf(IEnumerable<SendWindowConfig> windows) => new(windows.SelectMany(Times));

    private static IEnumerable<(int From, int To)> Times(SendWindowConfig window)
    {
        int from = MinuteOf(window.From)!.Value, to = MinuteOf(window.To)!.Value;
        int length = to > from ? to - from : to + WeekSchedule.DayMinutes - from;
        foreach (DayOfWeek day in Enum.GetValues<DayOfWeek>())
        {
            if (window.Days.Count > 0 && !window.Days.Contains(Names.Of(day))) continue;
            // Weeks begin on Monday here, and on Sunday there.
            int start = (((int)day + 6) % 7 * WeekSchedule.DayMinutes) + from;
            int end = start + length;
            yield return (start, Math.Min(end, WeekSchedule.WeekMinutes));
            if (end > WeekSchedule.WeekMinutes) yield return (0, end - WeekSchedule.WeekMinutes);
        }
    }

    private static string Text(SendWindowConfig window) =>
        $"{window.From}-{window.To}" + (window.Days.Count == 0 ? "" : " on " + string.Join(", ", window.Days));
}
