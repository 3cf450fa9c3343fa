using WinBack.Core.Policy;
using WinBack.Tests.Oracles;

namespace WinBack.Tests.Policy;

public sealed class LocalCalendarTests
{
    private const int DayMinutes = 1_440;
    private static readonly DateTimeOffset Year = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Every zone, a whole year, minute by minute: a day begins when its date first stands on the wall.</summary>
    [Fact]
    public void C2_DaysOfAllZonesOverAYear_BeginWhenTheDateComes()
    {
        foreach (ZoneFile zone in ZoneFile.ReadAll().FindAll(z => z.Covers(Year.AddDays(400))))
        {
            TimeZoneInfo info = TimeZones.Find(zone.Name)!;
            (DateTimeOffset From, TimeSpan Offset)[] offsets = zone.OffsetsFrom(Year).ToArray();
            int latest = int.MinValue;
            for (int minute = 0, at = 0; minute < 365 * DayMinutes; minute++)
            {
                while (at + 1 < offsets.Length && offsets[at + 1].From <= Year.AddMinutes(minute)) at++;
                int date = (minute + (2 * DayMinutes) + (int)offsets[at].Offset.TotalMinutes) / DayMinutes;
                if (date <= latest) continue;
                DateTimeOffset start = LocalCalendar.StartOf(info, new DateOnly(2025, 12, 30).AddDays(date));
                if (latest != int.MinValue) Assert.True(start == Year.AddMinutes(minute), $"{zone.Name} {date}: {start:O}, not minute {minute}");
                latest = date;
            }
        }
    }

    [Theory]
    [InlineData(CapPeriod.Day, "2026-03-27T00:00Z", "2026-03-28T00:00Z", "2026-03-29T00:00Z", "2026-03-29T23:00Z")]
    [InlineData(CapPeriod.Week, "2026-03-16T00:00Z", "2026-03-23T00:00Z", "2026-03-29T23:00Z", "2026-04-05T23:00Z")]
    [InlineData(CapPeriod.Month, "2026-02-01T00:00Z", "2026-03-01T00:00Z", "2026-03-31T23:00Z", "2026-04-30T23:00Z")]
    public void C2_PeriodsInLondon_FollowTheClocks(CapPeriod period, params string[] bounds)
    {
        DateTimeOffset[] times = bounds.Select(Time).ToArray();
        PeriodBounds found = LocalCalendar.Around(period, TimeZones.Find("Europe/London")!, Time("2026-03-28T12:00Z"));
        Assert.Equal(times.Select(t => t.ToUnixTimeMilliseconds() * 1_000), [found.Before, found.Start, found.End, found.After]);
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
