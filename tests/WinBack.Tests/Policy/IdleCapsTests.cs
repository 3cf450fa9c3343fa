using WinBack.Core.Policy;

namespace WinBack.Tests.Policy;

[Trait("Rule", "C2")]
public sealed class IdleCapsTests
{
    private static readonly CapConfig OneADay = new() { Name = "day", Limit = 1, Period = "day" };
    private static readonly CapConfig TwoAWeek = new() { Name = "week", Limit = 2, Period = "week" };
    private static readonly CapConfig ThreeAMonth = new() { Name = "month", Limit = 3, Period = "month" };
    private static readonly CapConfig FiveDaysBetween = new() { Name = "gap", MinGap = TimeSpan.FromDays(5) };

    public static TheoryData<string, CapConfig, CapConfig, bool> Pairs => new()
    {
        { "a day lies in one week", TwoAWeek, new() { Name = "c", Limit = 2, Period = "day" }, true },
        { "and may take all of it", TwoAWeek, OneADay, false },
        { "a week has seven days", OneADay, new() { Name = "c", Limit = 7, Period = "week" }, true },
        { "not six", OneADay, new() { Name = "c", Limit = 6, Period = "week" }, false },
        { "a week may lie in two months", ThreeAMonth, new() { Name = "c", Limit = 6, Period = "week" }, true },
        { "and take a part of each", ThreeAMonth, new() { Name = "c", Limit = 5, Period = "week" }, false },
        { "a month may lie in six weeks", TwoAWeek, new() { Name = "c", Limit = 12, Period = "month" }, true },
        { "and take a part of each of them", TwoAWeek, new() { Name = "c", Limit = 11, Period = "month" }, false },
        { "days do not begin where a window does", OneADay, new() { Name = "c", Limit = 2, Window = TimeSpan.FromHours(20) }, true },
        { "so it may hold touches of two", OneADay, new() { Name = "c", Limit = 1, Window = TimeSpan.FromHours(20) }, false },
        { "a week with the clocks set takes two gaps", FiveDaysBetween, new() { Name = "c", Limit = 2, Period = "week" }, true },
        { "and may hold both touches", FiveDaysBetween, new() { Name = "c", Limit = 1, Period = "week" }, false },
        { "a longer gap", FiveDaysBetween, new() { Name = "c", MinGap = TimeSpan.FromDays(3) }, true },
        { "a shorter gap", FiveDaysBetween, new() { Name = "c", MinGap = TimeSpan.FromDays(6) }, false },
        { "a sliding window over a day", new() { Name = "w", Limit = 1, Window = TimeSpan.FromDays(2) }, OneADay, true },
        { "a day may have 26 hours", new() { Name = "w", Limit = 1, Window = TimeSpan.FromHours(25) }, OneADay, false },
        { "sequences say nothing of weeks", new() { Name = "s", Limit = 1, Period = "sequence" }, TwoAWeek, false },
        { "what was sent was reserved", TwoAWeek, new() { Name = "c", Limit = 2, Period = "week", Counts = "sent" }, true },
        { "not all that is reserved is sent", new() { Name = "c", Limit = 2, Period = "week", Counts = "sent" }, TwoAWeek, false },
        { "one touch may be seen often", TwoAWeek, new() { Name = "c", Limit = 2, Period = "week", Counts = "impression" }, false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void C2_CapBesideAStricterOne_CanNeverBind(string why, CapConfig stricter, CapConfig cap, bool isIdle)
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Sequence.MaxTouches = 20;
        config.SendWindows.ZonesWhenUnknown = ["Europe/London"];
        config.Caps = [stricter, cap];
        PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors);
        Assert.True(errors.Any(e => e.Path == "caps[1]" && e.Problem.Contains("can never bind")) == isIdle, $"{why}: {string.Join("; ", errors)}");
    }

    /// <summary>Of what the check promises, by touches as dense as the stricter cap allows, from every hour on.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void C2_AsDenseAsAllowed_AgreesWithTheCheck(string why, CapConfig stricter, CapConfig cap, bool isIdle)
    {
        if (!isIdle || stricter.Counts != cap.Counts) return;
        for (int from = 0; from < 24 * 40; from++)
        {
            var touches = new List<int>();
            for (int hour = from; hour < from + (24 * 70); hour++)
                if (Allows(stricter, touches, hour)) touches.Add(hour);
            foreach (int hour in touches)
                Assert.True(Allows(cap, touches.FindAll(t => t < hour), hour), $"{why}: at hour {hour} from {from}");
        }
    }

    /// <summary>Hours since Monday 2026-06-01, without changes of clocks.</summary>
    private static bool Allows(CapConfig cap, List<int> touches, int hour)
    {
        DateTime start = new(2026, 6, 1);
        int limit = cap.MinGap > TimeSpan.Zero ? 1 : cap.Limit;
        double window = cap.MinGap > TimeSpan.Zero ? cap.MinGap.TotalHours : cap.Window.TotalHours;
        return touches.Count(t => cap.Period switch
        {
            "day" => t / 24 == hour / 24,
            "week" => t / 168 == hour / 168,
            "month" => start.AddHours(t).Month == start.AddHours(hour).Month,
            _ => t > hour - window,
        }) < limit;
    }
}
