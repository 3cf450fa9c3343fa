using WinBack.Core.Events;
using WinBack.Testing.Checker;

namespace WinBack.Tests.Checker;

/// <summary>For each rule a log that keeps it, and the same log with one line that breaks it: the checker must see the difference.</summary>
public sealed class BrokenLogTests
{
    private static readonly ProgrammeFacts Facts = new(
        3, TimeSpan.FromDays(45), TimeSpan.FromDays(20), new HashSet<string> { "ten_percent" }, null, TimeZoneInfo.Utc,
        new Dictionary<string, SequenceStep>
        {
            ["first"] = new("long", 0, TimeSpan.Zero, TimeSpan.FromDays(30)),
            ["second"] = new("long", 1, TimeSpan.FromDays(3), TimeSpan.FromDays(30)),
            ["other"] = new("short", 0, TimeSpan.Zero, TimeSpan.FromDays(5)),
        })
    {
        Offers = new Dictionary<string, OfferFacts>
        {
            ["ten_percent"] = new(7, IsDated: false), ["old_price"] = new(10, IsDated: true, HandmadeLog.Start.AddDays(30)),
        },
        Reminders = new HashSet<string> { "tomorrow" },
        Tiers = new Dictionary<string, IReadOnlySet<ValueTier>>
        {
            ["second"] = new HashSet<ValueTier> { ValueTier.High }, ["vip"] = new HashSet<ValueTier> { ValueTier.High },
        },
        MaxSilence = TimeSpan.FromDays(100),
    };

    /// <summary>Rule, what is wrong, and the log; it breaks the rule when it is told to.</summary>
    private static readonly (string Rule, string What, Action<HandmadeLog, bool> Write)[] Cases =
    [
        ("S1", "a fourth touch in 45 days", (log, isBroken) =>
        {
            for (int i = 0; i < (isBroken ? 4 : 3); i++) log.Sends(i, "mail");
        }),
        ("S2", "a discount first", (log, isBroken) =>
        {
            if (!isBroken) log.Sends(0, "mail");
            log.Sends(1, "discount", "ten_percent");
        }),
        ("S2", "a discount first after a return", (log, isBroken) =>
        {
            log.Sends(0, "mail");
            log.ComesBack(1);
            log.Happens(2, new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, ""));
            if (!isBroken) log.Sends(30, "mail");
            log.Sends(31, "discount", "ten_percent");
        }),
        ("S3", "goes on after a return", (log, isBroken) =>
        {
            log.Happens(-1, Tier(ValueTier.High));
            log.Sends(0, "first");
            if (isBroken) log.ComesBack(25);
            if (isBroken) log.Happens(25.5, new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, ""));
            log.Sends(26, "second");
        }),
        ("S4", "another sequence too soon", (log, isBroken) =>
        {
            log.Sends(0, "first");
            log.Sends(isBroken ? 10 : 46, "other");
        }),
        ("S4", "too soon after a return", (log, isBroken) =>
        {
            log.Sends(0, "mail");
            log.ComesBack(1);
            log.Happens(2, new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, ""));
            log.Sends(isBroken ? 20 : 22, "mail");
        }),
        ("S5", "issued again after it ended", (log, isBroken) =>
        {
            log.Sends(0, "until", "old_price", 10.5);
            if (isBroken) log.Sends(15, "until", "old_price", 25.5);
        }),
        ("S5", "a date that is no end of a day", (log, isBroken) => log.Sends(0, "until", "old_price", isBroken ? 10 : 10.5)),
        ("S5", "another day than promised", (log, isBroken) => log.Sends(0, "until", "old_price", isBroken ? 11.5 : 10.5)),
        ("S5", "no date", (log, isBroken) => log.Sends(0, "until", "old_price", isBroken ? null : 10.5)),
        ("S5", "the date moved", (log, isBroken) =>
        {
            log.Sends(0, "until", "old_price", 10.5);
            log.Sends(9, "tomorrow", "old_price", isBroken ? 12.5 : 10.5);
        }),
        ("S5", "reminded too early", (log, isBroken) =>
        {
            log.Sends(0, "until", "old_price", 10.5);
            log.Sends(isBroken ? 8 : 9, "tomorrow", "old_price", 10.5);
        }),
        ("S5", "a third message", (log, isBroken) =>
        {
            log.Sends(0, "until", "old_price", 10.5);
            log.Sends(9, "tomorrow", "old_price", 10.5);
            if (isBroken) log.Sends(9.1, "tomorrow", "old_price", 10.5);
        }),
        ("S5", "something after the end", (log, isBroken) =>
        {
            log.Sends(0, "until", "old_price", 10.5);
            if (isBroken) log.Sends(11, "tomorrow", "old_price", 10.5);
        }),
        ("S5", "reminded of nothing", (log, isBroken) =>
        {
            if (!isBroken) log.Sends(0, "until", "old_price", 10.5);
            log.Sends(9, "tomorrow", "old_price", 10.5);
        }),
        ("S6", "two incentives at once", (log, isBroken) =>
        {
            log.Sends(0, "mail");
            log.Sends(1, "until", "old_price", 11.5);
            log.Sends(isBroken ? 11 : 11.6, "discount", "ten_percent");
        }),
        ("S6", "two undated incentives", (log, isBroken) =>
        {
            log.Sends(0, "mail");
            log.Sends(1, "discount", "ten_percent");
            log.Sends(isBroken ? 7.9 : 8, "discount", "ten_percent");
        }),
        ("S7", "a code that is refused first", (log, isBroken) => log.Sends(isBroken ? 20 : 19, "until", "old_price", isBroken ? 30.5 : 29.5)),
        ("L3", "for another tier", (log, isBroken) =>
        {
            log.Happens(-1, Tier(isBroken ? ValueTier.Low : ValueTier.High));
            log.Sends(0, "vip");
        }),
        ("L4", "nobody is away", (log, isBroken) =>
        {
            if (isBroken) log.ComesBack(-1);
            log.Sends(0, "mail");
        }),
        ("L4", "away too long", (log, isBroken) => log.Sends(isBroken ? 91 : 89, "mail")),
        ("L5", "a step for what the customer became", (log, isBroken) =>
        {
            log.Happens(-1, Tier(isBroken ? ValueTier.Low : ValueTier.High));
            log.Sends(0, "first");
            log.Happens(1, Tier(isBroken ? ValueTier.High : ValueTier.Low));
            log.Sends(5, "second");
        }),
    ];

    public static IEnumerable<object[]> All => Cases.Select(c => new object[] { c.Rule, c.What });

    [Theory]
    [MemberData(nameof(All))]
    public void Log_WithOneWrongLine_IsFound(string rule, string what)
    {
        Action<HandmadeLog, bool> write = Cases.Single(c => c.What == what).Write;
        HandmadeLog sound = new(Facts), broken = new(Facts);
        write(sound, false);
        write(broken, true);
        Assert.Equal([], sound.Violations);
        Assert.Contains(broken.Violations, v => v.StartsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public void Log_Advertisement_MayGoToWhomeverIsAwayLong()
    {
        var log = new HandmadeLog(Facts);
        log.Sends(91, "ad", channel: Channel.Advertisement);
        Assert.Equal([], log.Violations);
    }

    private static ProfilePayload Tier(ValueTier tier) => new(null, null, tier, null, null);
}
