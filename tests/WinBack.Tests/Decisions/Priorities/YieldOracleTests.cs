using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Decisions.Priorities;

/// <summary>
/// Who yields to whom, and until when, against <see cref="NaiveYield"/>: sliding windows and calendars, over the change of the clocks.
/// </summary>
public sealed class YieldOracleTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now.AddDays(-85);

    [Theory]
    [Trait("Rule", "C2")]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Touch_YieldsExactlyWhenItWouldPutTheHigherOneOff(int seed)
    {
        var random = new Random(seed);
        int yielded = 0, passed = 0;
        for (int round = 0; round < 400; round++)
        {
            string where = $"seed {seed} round {round}";
            var zone = TimeZoneInfo.FindSystemTimeZoneById(random.GetItems(["Europe/London", "America/New_York", "Asia/Tokyo"], 1)[0]);
            PlaybookConfig config = Playbook(random, zone);
            DateTimeOffset[] sent = Sent(random);
            // Lapsed sixty days after a purchase ninety days ago.
            DateTimeOffset lapse = Now.AddDays(-30);
            ActionConfig letter = config.Actions[1];
            (int, int)? open = config.SendWindows.Windows is [var window] ? (int.Parse(window.From[..2]), int.Parse(window.To[..2])) : null;
            var naive = new NaiveYield(
                config.Caps, zone, Latest(lapse.AddDays(letter.MinLapseDays), Now), lapse.AddDays(letter.MaxLapseDays!.Value), open,
                config.Priority.Lookahead);
            if (!naive.HasPlace(sent, Now)) continue;

            Rejection? found = Ask(config, sent, zone).Plan.Rejections.FirstOrDefault(r => r is { Action: "mail", Rule: "C2 priority" });
            Assert.True(naive.PutsOff(sent, Now) == found is not null, $"{where}: {found?.Observed ?? "did not yield"}");
            if (found is null)
            {
                passed++;
                continue;
            }

            yielded++;
            if (naive.FirstLower(sent, Now) is { } first) Assert.True(found.EligibleTime == first, $"{where}: {found.EligibleTime:O}, not {first:O}");
        }

        Assert.True(yielded > 40 && passed > 40, $"seed {seed}: {yielded} yielded, {passed} passed");
    }

    /// <summary>A place of today is none of tomorrow: what is due on the next day is not put off, however near it is.</summary>
    [Fact]
    [Trait("Rule", "C2")]
    public void OneADay_HigherOneDueTomorrow_NobodyYields()
    {
        ActionConfig mail = TestPlaybook.Email(), letter = TestPlaybook.Action("letter", "print");
        (letter.MinLapseDays, letter.MaxLapseDays, letter.Priority) = (31, 60, 5);
        PlaybookConfig config = TestPlaybook.Config(mail, letter);
        config.Caps = [new CapConfig { Name = "day", Limit = 1, Period = "day" }];
        config.Priority.Lookahead = TimeSpan.FromDays(7);
        var utc = TimeZoneInfo.FindSystemTimeZoneById("Etc/UTC");
        Assert.Equal("mail", Ask(config, [], utc).Action);
        config.Caps[0].Period = "month";
        Assert.NotEqual("mail", Ask(config, [], utc).Action);
    }

    private static PlaybookConfig Playbook(Random random, TimeZoneInfo zone)
    {
        ActionConfig mail = TestPlaybook.Email(), letter = TestPlaybook.Action("letter", "print");
        letter.MinLapseDays = random.Next(25, 50);
        letter.MaxLapseDays = letter.MinLapseDays + random.Next(1, 30);
        letter.Priority = 5;
        PlaybookConfig config = TestPlaybook.Config(mail, letter);
        config.Sequence.MaxTouches = 100;
        config.Priority.Lookahead = TimeSpan.FromDays(random.Next(1, 45));
        string[] periods = ["day", "week", "month", "", ""];
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            var cap = new CapConfig { Name = $"c{i}", Limit = random.Next(1, 4), Period = periods[random.Next(5)] };
            if (cap.Period.Length == 0) cap.Window = TimeSpan.FromHours(random.Next(1, 700));
            config.Caps.Add(cap);
        }

        config.SendWindows.ZonesWhenUnknown = [zone.Id];
        int from = random.Next(0, 20);
        if (random.Next(2) == 0)
            config.SendWindows.Windows = [new() { Channel = "print", From = $"{from:00}:00", To = $"{random.Next(from + 1, 24):00}:00" }];
        return config;
    }

    private static DateTimeOffset[] Sent(Random random) =>
        [.. Enumerable.Range(0, random.Next(5)).Select(_ => Now - TimeSpan.FromMicroseconds(random.NextInt64(20L * 86_400 * 1_000_000))).Order()];

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static Decision Ask(PlaybookConfig config, DateTimeOffset[] sent, TimeZoneInfo zone)
    {
        CapLedger caps = CapLedger.Empty;
        CapUse[] uses = [.. config.Caps.Select(cap => new CapUse($"{cap.Name}/all", cap.Limit, FrequencyCap.LongestWindow, true))];
        foreach (DateTimeOffset time in sent)
        {
            caps.Take(Guid.Empty, uses, caps.Advance(time), TimeSpan.FromMinutes(1));
            caps.Confirm(Guid.Empty, CapTime.ToMicros(time));
        }

        CustomerHistory history = CustomerHistory.BoughtOnce(85 + 90).Profile(timeZone: zone.Id);
        var customer = new CustomerSnapshot(history.State, "", caps);
        DecisionPlan plan = new DecisionPipeline("schema", 8).Plan(
            new DecisionRequest(new CustomerId("c"), null, []), customer, [0, 0, 0], new Scores(0.8, 0.2, []), TestPlaybook.Model(config), Now);
        return DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, customer, Now));
    }
}
