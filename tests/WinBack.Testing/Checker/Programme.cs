using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Testing.Checker;

/// <summary>A random playbook that the validator accepts, and what it promises. Two of one seed may be swapped at any time.</summary>
public sealed class Programme
{
    /// <summary>The feature vector that the playbooks are validated with.</summary>
    public static readonly string[] Features = ["order_value", "orders_per_year", "visits"];

    private Programme(PlaybookModel first, PlaybookModel second, ProgrammeFacts facts) => (First, Second, Facts) = (first, second, facts);

    public PlaybookModel First { get; }

    /// <summary>Other limits, windows and categories under the same names; the same promises.</summary>
    public PlaybookModel Second { get; }

    public ProgrammeFacts Facts { get; }

    public static Programme Random(Random random)
    {
        bool hasWindow = random.Next(2) == 0, hasSequences = random.Next(2) == 0;
        int touches = random.Next(3, 6), rest = random.Next(5, 31), silence = random.Next(110, 260), days = random.Next(3, 12);
        var codeEnd = new DateOnly(2026, 3, 25).AddDays(random.Next(100));
        PlaybookModel One()
        {
            PlaybookConfig config = Config(random, hasWindow, touches, rest, hasSequences);
            config.Lapse.MaxSilenceDays = silence;
            AddDated(config, days, codeEnd);
            return Valid(config);
        }

        return new Programme(One(), One(), new ProgrammeFacts(
            touches, TimeSpan.FromDays(45), TimeSpan.FromDays(rest), new HashSet<string> { "ten_percent" },
            hasWindow ? (TimeSpan.FromHours(8), TimeSpan.FromHours(20)) : null, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
            hasSequences ? Steps : new Dictionary<string, SequenceStep>())
        {
            MaxSilence = TimeSpan.FromDays(silence),
            Tiers = new Dictionary<string, IReadOnlySet<ValueTier>> { ["card"] = new HashSet<ValueTier> { ValueTier.Mid, ValueTier.High } },
            Reminders = new HashSet<string> { "tomorrow" },
            Offers = new Dictionary<string, OfferFacts>
            {
                ["ten_percent"] = new(DiscountDays, IsDated: false),
                ["old_price"] = new(days, IsDated: true, new DateTimeOffset(codeEnd.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)),
            },
        });
    }

    private const int DiscountDays = 9;

    private static readonly TimeSpan Month = TimeSpan.FromDays(30), Week = TimeSpan.FromDays(7);

    private static readonly Dictionary<string, SequenceStep> Steps = new()
    {
        ["mail"] = new("long", 0, TimeSpan.Zero, Month), ["card"] = new("long", 1, TimeSpan.FromDays(3), Month),
        ["discount"] = new("long", 2, TimeSpan.FromDays(10), Month),
        ["note"] = new("short", 0, TimeSpan.Zero, Week), ["ad"] = new("short", 1, TimeSpan.FromDays(2), Week),
    };

    private static List<TouchSequenceConfig> Sequences(Random random) =>
    [
        new()
        {
            Name = "long", Days = 30,
            Steps =
            [
                new() { Name = "first", Actions = ["mail"] },
                new() { Name = "second", At = TimeSpan.FromDays(3), Actions = ["card"], OnCapped = Capped(random) },
                new() { Name = "third", At = TimeSpan.FromDays(10), Gap = TimeSpan.FromDays(1), Actions = ["discount"], OnCapped = Capped(random) },
            ],
        },
        new()
        {
            Name = "short", Days = 7, RepeatAfter = TimeSpan.FromDays(40),
            Steps = [new() { Name = "first", Actions = ["note"] }, new() { Name = "second", At = TimeSpan.FromDays(2), Actions = ["ad"] }],
        },
    ];

    /// <summary>An offer with a date and a code, and the message on the day before it ends.</summary>
    private static void AddDated(PlaybookConfig config, int days, DateOnly codeEnd)
    {
        ActionConfig until = config.Actions.Find(a => a.Name == "until")!, tomorrow = config.Actions.Find(a => a.Name == "tomorrow")!;
        until.Offer = new OfferConfig
        {
            Name = "old_price", IsDiscount = false, IsDated = true, Days = days, Code = "OLD",
            CodeUntil = codeEnd.ToString("yyyy-MM-dd"), Cost = 0.1m,
        };
        tomorrow.Offer = new OfferConfig { Name = "old_price", IsDiscount = false, IsReminder = true };
    }

    private static string Capped(Random random) => random.GetItems(["defer", "skip", "end"], 1)[0];

    private static PlaybookModel Valid(PlaybookConfig config) =>
        PlaybookValidator.Validate(config, Features, out IReadOnlyList<PlaybookError> errors)
        ?? throw new InvalidOperationException(string.Join('\n', errors));

    private static PlaybookConfig Config(Random random, bool hasWindow, int touches, int rest, bool hasSequences) => new()
    {
        Name = "checked",
        Currency = "GBP",
        Reservation = TimeSpan.FromMinutes(random.Next(1, 600)),
        UnknownConsent = { ["email"] = "allow", ["print"] = "allow", ["advertisement"] = "allow", ["push"] = "allow" },
        SendWindows =
        {
            ZonesWhenUnknown = ["Europe/London"],
            Windows = hasWindow ? [new SendWindowConfig { Channel = "email", From = "08:00", To = "20:00" }] : [],
        },
        Sequence = { MaxTouches = touches, RestDays = rest },
        Sequences = hasSequences ? Sequences(random) : [],
        Value = { OrderValue = "order_value", OrdersPerYear = "orders_per_year", Floor = 100 },
        Caps = Caps(random),
        Actions =
        [
            Action("mail", "email", random), Action("card", "print", random), Action("ad", "advertisement", random),
            Action("note", "push", random),
            Action("discount", "email", random, new OfferConfig { Name = "ten_percent", CostOfOrder = 0.1, Days = DiscountDays }),
            Action("until", "print", random), Action("tomorrow", "push", random),
            Receipt(random),
        ],
    };

    /// <summary>None of them makes another one idle: each counts something of its own.</summary>
    private static List<CapConfig> Caps(Random random)
    {
        string[] periods = ["day", "week", "month"];
        return
        [
            new CapConfig { Name = "any", Limit = random.Next(1, 3), Window = TimeSpan.FromHours(random.Next(1, 20)), CountsTransactional = true },
            new CapConfig
            {
                Name = "seen", Scope = "channel", Of = "advertisement", Limit = random.Next(1, 5), Window = TimeSpan.FromDays(7),
                Counts = "impression",
            },
            new CapConfig
            {
                Name = "mails", Scope = "channel", Of = "email", Limit = 1, Period = periods[random.Next(3)],
                Counts = random.Next(2) == 0 ? "sent" : "delivered", CountsTransactional = true,
            },
            new CapConfig { Name = "same", Scope = "action", MinGap = TimeSpan.FromDays(random.Next(15, 30)), CountsTransactional = true },
        ];
    }

    private static ActionConfig Action(string name, string channel, Random random, OfferConfig? offer = null) => new()
    {
        Name = name, Channel = channel, Tiers = name == "card" ? ["mid", "high"] : [],
        Content = "c", ContactCost = 0.01m, ResponseOddsRatio = 1.5 + random.NextDouble(), Offer = offer,
    };

    /// <summary>Owed in one playbook, perhaps marketing in the other: the category at the time of the touch is what counts.</summary>
    private static ActionConfig Receipt(Random random) => new()
    {
        Name = "receipt", Channel = "email", Content = "c", RequiresLapse = true, ContactCost = 0.01m, ResponseOddsRatio = 1.4,
        Category = random.Next(3) == 0 ? "marketing" : "transactional",
    };
}
