using WinBack.Core.Policy;
using WinBack.Tests.Oracles;
using Xunit.Abstractions;

namespace WinBack.Tests.Policy;

public sealed class SendWindowTests(ITestOutputHelper output)
{
    private const int YearMinutes = 365 * WeekSchedule.DayMinutes;
    private static readonly DateTimeOffset Year = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Bounds inside of the hours that clocks skip and repeat, and times over midnight and over the week's end.</summary>
    private static readonly SendWindowsConfig Config = new()
    {
        Windows =
        [
            new() { Channel = "email", Days = ["monday", "tuesday", "wednesday"], From = "08:00", To = "20:15" },
            new() { Channel = "email", Days = ["saturday", "sunday"], From = "23:30", To = "02:15" },
            new() { Channel = "email", Days = ["sunday"], From = "02:30", To = "02:50" },
            new() { Channel = "email", Days = ["thursday", "friday"], From = "00:00", To = "24:00" },
        ],
    };

    /// <summary>Every zone, a whole year, minute by minute: nothing here knows of zone rules or of weeks.</summary>
    [Fact]
    public void C4_AllZonesOverAYear_AgreeWithTheClockOnTheWall()
    {
        WeekSchedule schedule = SendWindowsModel.ScheduleOf(Config.Windows);
        bool[] week = Enumerable.Range(0, WeekSchedule.WeekMinutes).Select(IsOpenByHand).ToArray();
        List<ZoneFile> zones = ZoneFile.ReadAll().FindAll(zone => zone.Covers(Year.AddDays(400)));
        int changes = 0;
        foreach (ZoneFile zone in zones)
        {
            var window = new SendWindow(schedule, [TimeZones.Find(zone.Name)!]);
            changes += AssertYear(zone.Name, window, OpenMinutes(zone, week));
        }

        output.WriteLine($"{zones.Count} zones, {changes} openings and closings");
        Assert.True(zones.Count > 100 || !Directory.Exists("/usr/share/zoneinfo"), $"only {zones.Count} zones");
    }

    [Theory]
    // London, 29 March 2026: 01:00 becomes 02:00. What would open at 01:30 opens at the change.
    [InlineData("Europe/London", "01:30", "2026-03-29T00:10Z", "2026-03-29T01:00Z")]
    // 25 October 2026: 02:00 becomes 01:00. 01:30 comes twice, and the first one opens.
    [InlineData("Europe/London", "01:30", "2026-10-25T00:10Z", "2026-10-25T00:30Z")]
    // Lord Howe changes by half an hour, Kathmandu is a quarter off.
    [InlineData("Australia/Lord_Howe", "09:00", "2026-10-03T12:00Z", "2026-10-03T22:00Z")]
    [InlineData("Asia/Kathmandu", "09:00", "2026-06-01T00:00Z", "2026-06-01T03:15Z")]
    public void C4_ClockChange_OpensAtTheRightInstant(string zone, string from, string asked, string opens)
    {
        WeekSchedule schedule = SendWindowsModel.ScheduleOf([new() { From = from, To = "20:00" }]);
        var window = new SendWindow(schedule, [TimeZones.Find(zone)!]);
        Assert.Equal(Time(opens), window.NextOpen(Time(asked)));
    }

    /// <summary>01:10 to 01:40 comes twice on this night, with half an hour between.</summary>
    [Fact]
    public void C4_RepeatedHour_IsOpenBothTimes()
    {
        WeekSchedule schedule = SendWindowsModel.ScheduleOf([new() { From = "01:10", To = "01:40" }]);
        var window = new SendWindow(schedule, [TimeZones.Find("Europe/London")!]);
        Assert.True(window.IsOpenAt(Time("2026-10-25T00:20Z")));
        Assert.Equal(Time("2026-10-25T01:10Z"), window.NextOpen(Time("2026-10-25T00:40Z")));
        Assert.Equal(Time("2026-10-26T01:10Z"), window.NextOpen(Time("2026-10-25T01:40Z")));
    }

    [Fact]
    public void C4_SeveralZones_OpenOnlyTogether()
    {
        WeekSchedule schedule = SendWindowsModel.ScheduleOf([new() { From = "09:00", To = "18:00" }]);
        var window = new SendWindow(schedule, [TimeZones.Find("Europe/London")!, TimeZones.Find("America/New_York")!]);
        Assert.Equal(Time("2026-01-05T14:00Z"), window.NextOpen(Time("2026-01-05T09:00Z")));
        Assert.Equal(Time("2026-01-06T14:00Z"), window.NextOpen(Time("2026-01-05T18:00Z")));
        // For two weeks of March they are four hours apart, not five.
        Assert.Equal(Time("2026-03-10T13:00Z"), window.NextOpen(Time("2026-03-09T20:00Z")));
        var apart = new SendWindow(schedule, [TimeZones.Find("Europe/London")!, TimeZones.Find("Pacific/Auckland")!]);
        Assert.Null(apart.NextOpen(Time("2026-07-05T09:00Z")));
    }

    [Theory]
    [InlineData("Europe/London", true)]
    [InlineData("Etc/GMT+5", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("/Europe/London", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Find_Name_IsAZoneOrNot(string? name, bool isZone) => Assert.Equal(isZone, TimeZones.Find(name) is not null);

    /// <summary>The config above, read by a person.</summary>
    private static bool IsOpenByHand(int minuteOfWeek)
    {
        int day = minuteOfWeek / 1_440, minute = minuteOfWeek % 1_440;
        return day switch
        {
            0 => minute < 135 || minute is >= 480 and < 1_215,
            1 or 2 => minute is >= 480 and < 1_215,
            3 or 4 => true,
            5 => minute >= 1_410,
            _ => minute < 135 || minute is >= 150 and < 170 || minute >= 1_410,
        };
    }

    private static bool[] OpenMinutes(ZoneFile zone, bool[] week)
    {
        (DateTimeOffset From, TimeSpan Offset)[] offsets = zone.OffsetsFrom(Year).ToArray();
        var open = new bool[YearMinutes + (10 * WeekSchedule.DayMinutes)];
        // 2026-01-01 is a Thursday: minute 0 of the year is minute 4,320 of the week.
        for (int minute = 0, at = 0; minute < open.Length; minute++)
        {
            while (at + 1 < offsets.Length && offsets[at + 1].From <= Year.AddMinutes(minute)) at++;
            open[minute] = week[(minute + 4_320 + WeekSchedule.WeekMinutes + (int)offsets[at].Offset.TotalMinutes) % WeekSchedule.WeekMinutes];
        }

        return open;
    }

    /// <summary>Asks just before, at and just after each opening and closing.</summary>
    private static int AssertYear(string zone, SendWindow window, bool[] open)
    {
        int changes = 0;
        for (int minute = 1; minute < YearMinutes; minute++)
        {
            if (open[minute] == open[minute - 1]) continue;
            changes++;
            DateTimeOffset at = Year.AddMinutes(minute);
            Assert.True(window.IsOpenAt(at) == open[minute], $"{zone} at {at:O}");
            Assert.True(window.IsOpenAt(at.AddTicks(-1)) == open[minute - 1], $"{zone} before {at:O}");
            DateTimeOffset next = Year.AddMinutes(Array.IndexOf(open, true, minute));
            Assert.True(window.NextOpen(at) == next, $"{zone} at {at:O}: {window.NextOpen(at):O}, not {next:O}");
            if (open[minute]) AssertOpenUntil(zone, window, at, Year.AddMinutes(Array.IndexOf(open, false, minute)));
        }

        return changes;
    }

    /// <summary>What a confirmation may rely on never reaches behind the closing, and gets there.</summary>
    private static void AssertOpenUntil(string zone, SendWindow window, DateTimeOffset at, DateTimeOffset closes)
    {
        for (DateTimeOffset until = at; until < closes;)
        {
            DateTimeOffset next = window.OpenUntil(until);
            Assert.True(next > until && next <= closes, $"{zone} at {until:O}: open until {next:O}, not {closes:O}");
            until = next;
        }
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
