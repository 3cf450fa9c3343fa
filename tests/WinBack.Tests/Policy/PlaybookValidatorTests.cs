using WinBack.Core.Policy;

namespace WinBack.Tests.Policy;

public sealed class PlaybookValidatorTests
{
    public static TheoryData<string, Action<PlaybookConfig>> Faults => new()
    {
        { "name", c => c.Name = "Has Blanks" },
        { "currency", c => c.Currency = "pounds" },
        { "reservation", c => c.Reservation = TimeSpan.FromSeconds(9) },
        { "lapse.silence_days", c => c.Lapse.SilenceDays = 0 },
        { "lapse.silence_days_by_category.tea", c => c.Lapse.SilenceDaysByCategory["tea"] = -1 },
        { "lapse.max_silence_days", c => c.Lapse.MaxSilenceDays = 10 },
        { "unknown_consent.fax", c => c.UnknownConsent["fax"] = "deny" },
        { "unknown_consent.push", c => c.UnknownConsent["push"] = "perhaps" },
        { "unknown_consent.sms", c => c.UnknownConsent["sms"] = "allow" },
        { "sequence.max_touches", c => c.Sequence.MaxTouches = 0 },
        { "sequence.days", c => c.Sequence.Days = 61 },
        { "sequence.discount_from_touch", c => c.Sequence.DiscountFromTouch = 1 },
        { "sequence.rest_days", c => c.Sequence.RestDays = -1 },
        { "value.order_value", c => c.Value.OrderValue = "wealth" },
        { "value.monthly_price", c => c.Value.MonthlyPrice = "churn_probability" },
        { "value.order_value", c => c.Value.OrdersPerYear = "" },
        { "value.margin", c => c.Value.Margin = double.NaN },
        { "value.floor", c => c.Value.Floor = 0 },
        { "value.ceiling", c => c.Value.Ceiling = 1 },
        { "value.high_tier_from", c => c.Value.HighTierFrom = 1 },
        { "value.unsubscribe_cost", c => c.Value.UnsubscribeCost = -1 },
        { "value.max_payback_months", c => c.Value.MaxPaybackMonths = 37 },
        { "caps[0].name", c => c.Caps.Add(Cap("sequence")) },
        { "caps[1].name", c => c.Caps.AddRange([Cap("a"), Cap("a", limit: 2, days: 30)]) },
        { "caps[0].scope", c => c.Caps.Add(Cap("a", scope: "galaxy")) },
        { "caps[0].of", c => c.Caps.Add(Cap("a", of: "email")) },
        { "caps[0].of", c => c.Caps.Add(Cap("a", scope: "channel", of: "fax")) },
        { "caps[0].of", c => c.Caps.Add(Cap("a", scope: "category", of: "fax")) },
        { "caps[0].of", c => c.Caps.Add(Cap("a", scope: "action", of: "fax")) },
        { "caps[0].limit", c => c.Caps.Add(Cap("a", limit: 0)) },
        { "caps[0].window", c => c.Caps.Add(Cap("a", days: 401)) },
        { "actions", c => c.Actions.Clear() },
        { "actions[0].name", c => c.Actions[0].Name = "" },
        { "actions[1].name", c => c.Actions.Add(TestPlaybook.Email()) },
        { "actions[0].channel", c => c.Actions[0].Channel = "" },
        { "actions[0].category", c => c.Actions[0].Category = "spam" },
        { "actions[0].content", c => c.Actions[0].Content = "" },
        { "actions[0].reasons[0]", c => c.Actions[0].Reasons.Add("boredom") },
        { "actions[0].reasons", c => c.Actions[0].Reasons.Add("product_fit") },
        { "actions[0].segments[0]", c => c.Actions[0].Segments.Add("none") },
        { "actions[0].tiers[0]", c => c.Actions[0].Tiers.Add("platinum") },
        { "actions[0].conditions[0].feature", c => c.Actions[0].Conditions.Add(new() { Feature = "shoe_size", Op = "<" }) },
        { "actions[0].conditions[0].op", c => c.Actions[0].Conditions.Add(new() { Feature = "visits", Op = "=" }) },
        { "actions[0].conditions[0].value", c => c.Actions[0].Conditions.Add(new() { Feature = "visits", Op = "<", Value = double.NaN }) },
        { "actions[0].min_lapse_days", c => c.Actions[0].MinLapseDays = -1 },
        { "actions[0].min_lapse_days", c => c.Actions[0].MinLapseDays = 548 },
        { "actions[0].max_lapse_days", c => c.Actions[0].MaxLapseDays = 0 },
        { "actions[0].min_sequence_days", c => c.Actions[0].MinSequenceDays = 45 },
        { "actions[0].contact_cost", c => c.Actions[0].ContactCost = -1 },
        { "actions[0].response_odds_ratio", c => c.Actions[0].ResponseOddsRatio = 0 },
        { "actions[0].unsubscribe_probability", c => c.Actions[0].UnsubscribeProbability = 1.1 },
        { "actions[0].offer.name", c => Offer(c, new OfferConfig()) },
        { "actions[0].offer.cost", c => Offer(c, new OfferConfig { Name = "o", Cost = -1 }) },
        { "actions[0].offer.cost_of_order", c => Offer(c, new OfferConfig { Name = "o", CostOfOrder = 2 }) },
        { "actions[0].offer", c => DiscountFor(c, "support_friction") },
        { "actions[0].offer", c => DiscountFor(c, "switching") },
    };

    public static TheoryData<string, Action<PlaybookConfig>> WindowFaults => new()
    {
        { "caps[0].period", c => c.Caps.Add(new CapConfig { Name = "a", Limit = 1, Period = "year" }) },
        { "caps[0].period", c => c.Caps.Add(new CapConfig { Name = "a", Limit = 1, Period = "day" }) },
        { "caps[0].window", c => c.Caps.Add(new CapConfig { Name = "a", Limit = 1, Period = "sequence", Window = TimeSpan.FromDays(1) }) },
        { "caps[0].min_gap", c => c.Caps.Add(new CapConfig { Name = "a", MinGap = TimeSpan.FromSeconds(30) }) },
        { "caps[0].min_gap", c => c.Caps.Add(new CapConfig { Name = "a", MinGap = TimeSpan.FromDays(1), Limit = 1 }) },
        { "send_windows.zones_when_unknown[0]", c => c.SendWindows = Windows(Window(), "Mars/Olympus") },
        { "send_windows.zones_when_unknown", c => c.SendWindows = Windows(Window()) },
        { "send_windows.windows[0].channel", c => c.SendWindows = Windows(Window(channel: "fax"), "Europe/London") },
        { "send_windows.windows[0].days[0]", c => c.SendWindows = Windows(Window(day: "mon"), "Europe/London") },
        { "send_windows.windows[0].from", c => c.SendWindows = Windows(Window(from: "8:00"), "Europe/London") },
        { "send_windows.windows[0].to", c => c.SendWindows = Windows(Window(to: "24:01"), "Europe/London") },
        { "send_windows.windows[0]", c => c.SendWindows = Windows(Window(from: "00:00", to: "24:00"), "Europe/London") },
        { "send_windows.windows[0]", c => c.SendWindows = Windows(Window(), "Europe/London", "Pacific/Auckland") },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [MemberData(nameof(WindowFaults))]
    public void Rejects_OneFault_NamingItsField(string path, Action<PlaybookConfig> fault)
    {
        PlaybookConfig config = TestPlaybook.Config();
        fault(config);
        Assert.Null(PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors));
        PlaybookError error = Assert.Single(errors);
        Assert.Equal(path, error.Path);
        Assert.NotEmpty(error.Problem);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Rejects_ManyFaults_AllAtOnce()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Name = "";
        config.Currency = "";
        config.Actions[0].Channel = "fax";
        PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors);
        Assert.Equal(["name", "currency", "actions[0].channel"], errors.Select(e => e.Path));
    }

    [Fact]
    public void Version_SameContent_IsTheSame()
    {
        string version = TestPlaybook.Model(TestPlaybook.Config()).Version;
        Assert.Matches("^test@[0-9a-f]{16}$", version);
        Assert.Equal(version, TestPlaybook.Model(TestPlaybook.Config()).Version);
        PlaybookConfig other = TestPlaybook.Config();
        other.Actions[0].ContactCost += 0.01m;
        Assert.NotEqual(version, TestPlaybook.Model(other).Version);
    }

    [Fact]
    public void C2_CapsOfAnAction_AreThoseThatConcernIt()
    {
        ActionConfig receipt = TestPlaybook.Email("receipt");
        receipt.Category = "transactional";
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email(), TestPlaybook.Action("card", "print"), receipt);
        config.Caps =
        [
            Cap("all"), Cap("each_channel", "channel"), Cap("mail_only", "channel", "email"), Cap("each_action", "action"),
            Cap("ads", "category", "marketing"),
        ];
        config.Caps[0].CountsTransactional = true;
        PlaybookModel model = TestPlaybook.Model(config);
        Assert.Equal(
            ["sequence/marketing", "all/all", "each_channel/email", "mail_only/email", "each_action/mail", "ads/marketing"],
            model.Actions[0].Caps.Select(c => c.Key));
        Assert.Equal(
            ["sequence/marketing", "all/all", "each_channel/print", "each_action/card", "ads/marketing"],
            model.Actions[1].Caps.Select(c => c.Key));
        Assert.Equal(("all/all", false), (Assert.Single(model.Actions[2].Caps).Key, model.Actions[2].Caps[0].IsEnforced));
    }

    [Fact]
    public void C2_MinimumGap_IsALimitOfOne()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Caps = [new CapConfig { Name = "gap", MinGap = TimeSpan.FromHours(36) }];
        Assert.Equal(new CapUse("gap/all", 1, TimeSpan.FromHours(36), true), TestPlaybook.Model(config).Actions[0].Caps[1]);
    }

    private static CapConfig Cap(string name, string scope = "overall", string of = "", int limit = 1, int days = 7) =>
        new() { Name = name, Scope = scope, Of = of, Limit = limit, Window = TimeSpan.FromDays(days) };

    private static SendWindowsConfig Windows(SendWindowConfig window, params string[] zones) =>
        new() { ZonesWhenUnknown = [.. zones], Windows = [window] };

    private static SendWindowConfig Window(string channel = "email", string day = "", string from = "09:00", string to = "18:00") =>
        new() { Channel = channel, Days = day.Length > 0 ? [day] : [], From = from, To = to };

    private static void DiscountFor(PlaybookConfig config, string reason)
    {
        config.Actions[0].Reasons.Add(reason);
        Offer(config, new OfferConfig { Name = "o" });
    }

    /// <summary>With an action that may come first, as a discount needs.</summary>
    private static void Offer(PlaybookConfig config, OfferConfig offer)
    {
        config.Actions.Add(TestPlaybook.Email("opener"));
        config.Actions[0].Offer = offer;
    }
}
