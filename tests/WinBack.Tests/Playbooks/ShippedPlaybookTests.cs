using WinBack.Adapters.Playbooks;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;
using WinBack.Core.Policy.Exploration;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.State;
using WinBack.Tests.Policy;
using WinBack.Tests.Policy.Sequences;
using Xunit.Abstractions;

namespace WinBack.Tests.Playbooks;

/// <summary>
/// The two shipped playbooks as customers live through them: asked each day, every action sent. What the rules say is told
/// from what was sent and when. Chance, experiments and holdout, which make two like customers differ, are off; they have
/// <see cref="ShippedExperimentTests"/>.
/// </summary>
public sealed class ShippedPlaybookTests(ITestOutputHelper output)
{
    private static readonly PlaybookFileResult Software = Load("subscription"), Shop = Load("commerce");

    [Fact]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    [Trait("Rule", "A3")]
    [Trait("Rule", "A4")]
    public void Sequences_HaveTheShapeOfTheRules()
    {
        foreach (PlaybookModel playbook in new[] { Software.Model!, Shop.Model! })
            foreach (TouchSequenceModel sequence in playbook.Sequences)
            {
                Assert.InRange(sequence.Steps.Count, 1, 5);
                Assert.InRange(sequence.Length.TotalDays, 1, 60);
                ActionModel[][] steps = [.. sequence.Steps.Select(s => s.Actions.Select(a => playbook.Actions[a]).ToArray())];
                Assert.DoesNotContain(steps[0], a => a.Offer is not null);
                if (sequence.Reasons.Members is [LapseReason.SupportFriction] or [LapseReason.Switching])
                    Assert.DoesNotContain(steps.SelectMany(s => s), a => a.Offer is { IsDiscount: true });
            }
    }

    /// <summary>A1: the smaller plan, the old price with its date, the day before; nothing after (S5).</summary>
    [Fact]
    [Trait("Rule", "A1")]
    [Trait("Rule", "S5")]
    public void Price_OldPriceDated_AndItsLastDay() => Assert.Equal(
        "0 price_reminder, 8 price_value, 15 smaller_plan, 24 old_price, 37 old_price_last_day", Mails(Software, Left(LapseReason.Price)));

    [Fact]
    [Trait("Rule", "A2")]
    [Trait("Rule", "A7")]
    [Trait("Rule", "L7")]
    public void Neglect_ReonboardingNamesTheMostUsedFeature()
    {
        CustomerHistory customer = new CustomerHistory().Used("reports", 70).Lifecycle(LifecycleKind.SignedUp, 400).Paid(60)
            .Lifecycle(LifecycleKind.Cancelled, 1, LapseReason.Neglect);
        Decision first = Journey(Software, customer, Channel.Email).Ask(0.125);
        Assert.Equal("reonboarding", first.Action);
        Assert.Contains(KeyValuePair.Create("most_used_feature", "reports"), first.Plan.ContentFacts);
        Assert.StartsWith("0 reonboarding, 9 changed_feature, ", Mails(Software, customer));
    }

    /// <summary>A12: help first, the incentive second and only without a reply; without consent for texts there are none.</summary>
    [Theory]
    [InlineData(true, false, "text_help, text_month_free")]
    [InlineData(true, true, "text_help")]
    [InlineData(false, false, "")]
    [Trait("Rule", "A12")]
    public void Texts_HelpThenIncentive_OnlyWithConsentAndWithoutReply(bool consents, bool replies, string expected)
    {
        CustomerHistory customer = Left(LapseReason.Neglect, ValueTier.Mid);
        if (consents) customer.Consent(Channel.Sms, ConsentKind.Granted);
        Journey journey = Journey(Software, customer, Channel.Email, Channel.Sms);
        string lived = Live(journey, 20);
        if (replies) customer.Viewed(-20.5);
        lived += ", " + Live(journey, 45, from: 21);
        Assert.Equal(expected, string.Join(", ", lived.Split(", ").Where(a => a.Contains(" text_")).Select(a => a[(a.IndexOf(' ') + 1)..])));
    }

    [Fact]
    [Trait("Rule", "A3")]
    [Trait("Rule", "A13")]
    public void SupportFriction_AManagerCalls_WithinNinetyDays()
    {
        CustomerHistory high = Left(LapseReason.SupportFriction, ValueTier.High).Consent(Channel.Call, ConsentKind.Granted);
        Assert.StartsWith("0 manager_call, 9 what_we_fixed, 24 support_review", Live(Journey(Software, high, Channel.Call, Channel.Email), 45));
        Assert.StartsWith("0 manager_mail, ", Mails(Software, Left(LapseReason.SupportFriction, ValueTier.Mid)));
        Assert.DoesNotContain("manager", Mails(Software, Left(LapseReason.SupportFriction, ValueTier.Mid, daysAgo: 100)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "A4")]
    public void Switching_ComparisonAndParity() => Assert.StartsWith(
        "0 comparison, 10 parity_update, 25 new_integrations", Mails(Software, Left(LapseReason.Switching)));

    [Fact]
    [Trait("Rule", "A5")]
    public void Unknown_IsAskedFirst_AndRoutedByTheAnswerAtOnce()
    {
        CustomerHistory customer = Left(LapseReason.None, ValueTier.High);
        Journey journey = Journey(Software, customer, Channel.Email);
        Assert.Equal("0 ask_reason", Live(journey, 2));
        Assert.Equal("", journey.Send(5.125));
        customer.Lifecycle(LifecycleKind.Cancelled, -6, LapseReason.Price);
        Assert.Equal("executive_note", journey.Send(8.125));
    }

    [Fact]
    [Trait("Rule", "A13")]
    [Trait("Rule", "S8")]
    [Trait("Rule", "L3")]
    public void HighValue_EscalatesFromNoteToExecutive()
    {
        CustomerHistory high = Left(LapseReason.Price, ValueTier.High, daysAgo: 95).Consent(Channel.Call, ConsentKind.Granted);
        Assert.Equal(
            "0 executive_note, 9 printed_review, 21 premium_pilot, 38 executive_call",
            Live(Journey(Software, high, Channel.Email, Channel.Print, Channel.Call), 45));
        double[] costs = [.. Software.Model!.Sequences.Single(s => s.Name == "executive").Steps
            .Select(s => s.Actions.Min(a => Software.Model!.Actions[a].ContactCost))];
        Assert.Equal(costs.Order(), costs);
    }

    [Fact]
    [Trait("Rule", "A14")]
    [Trait("Rule", "A15")]
    public void Evergreen_ThirtyDaysAfterCancelling_OnDaysOneSevenTwentyOne() => Assert.StartsWith(
        "30 evergreen_personal, 36 evergreen_story, 50 evergreen_update",
        Mails(Software, Left(LapseReason.SupportFriction, ValueTier.Low), days: 60));

    [Fact]
    [Trait("Rule", "A9")]
    public void Cart_ThreeMails_ThenTheLongForm()
    {
        Journey journey = Journey(Shop, CustomerHistory.BoughtOnce(20).CartAbandoned(0), Channel.Email);
        var sent = new List<string>();
        // Parts of a day that are exact in binary; a mail goes out at the first of them at which it is due.
        for (int i = 0; i < 192 * 20; i++)
            if (journey.Send(i / 128.0) is { Length: > 0 } action) sent.Add($"{i * 24 / 128} {action}");
        Assert.Equal(["1 cart_reminder", "24 cart_shipping", "72 cart_last_call"], sent.Take(3));
        Assert.Equal("cart_guide", sent[3].Split(' ')[1]);
    }

    /// <summary>A8: balance without an offer, the bonus with its date, and the day before it ends; 21 days.</summary>
    [Fact]
    [Trait("Rule", "A8")]
    public void Loyalty_BalanceBonusAndLastDay()
    {
        CustomerHistory customer = new CustomerHistory().Lifecycle(LifecycleKind.SignedUp, 400).Viewed(81).Points(700);
        string lived = Mails(Shop, customer, days: 60);
        output.WriteLine(lived);
        Assert.StartsWith("0 points_balance, 8 points_bonus, 20 points_bonus_last_day", lived);
    }

    [Theory]
    [InlineData("regulars", 2, ValueTier.Mid, "welcome_back")]
    [InlineData("regulars", 2, ValueTier.Low, "shipping_back")]
    [InlineData("second_order", 1, ValueTier.Low, "second_order_shipping")]
    [Trait("Rule", "L2")]
    [Trait("Rule", "L3")]
    [Trait("Rule", "S1")]
    public void Shop_SegmentAndTier_DecideSequenceAndOffer(string sequence, int orders, ValueTier tier, string offer)
    {
        var customer = new CustomerHistory();
        for (int i = orders; i > 0; i--) customer.Bought(65 + (10 * i));
        Journey journey = Journey(Shop, customer.Profile(tier), Channel.Email);
        Assert.Equal(sequence, journey.Ask(0.125).Chosen!.Sequence);
        Assert.Contains(" " + offer, Live(journey, 45), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "A16")]
    public void Moment_ReplenishmentByTheCustomersOwnRhythm()
    {
        CustomerHistory customer = new CustomerHistory().Bought(130).Bought(100).Bought(70).Bought(40);
        Assert.Equal("replenishment_reminder", Journey(Shop, customer, Channel.Email).Ask(0.125).Action);
    }

    [Fact]
    [Trait("Rule", "A10")]
    [Trait("Rule", "A11")]
    [Trait("Rule", "L4")]
    public void Advertisements_ByWindow_ThreeAWeek_AndAloneAfterEighteenMonths()
    {
        Assert.Equal("", Journey(Shop, CustomerHistory.BoughtOnce(20), Channel.Advertisement).Ask(0.125).Action);
        Assert.Equal("retarget_one_time", Journey(Shop, CustomerHistory.BoughtOnce(90), Channel.Advertisement).Ask(0.125).Action);
        Assert.Equal("", Journey(Shop, CustomerHistory.BoughtOnce(60 + 181), Channel.Advertisement).Ask(0.125).Action);
        Assert.Equal("long_gone_retargeting", Journey(Shop, CustomerHistory.BoughtOnce(600)).Ask(0.125).Action);
        CapModelOf(Shop, "advertisement_week", 3);
        CapModelOf(Software, "direct_message_month", 1);
        CustomerHistory high = Left(LapseReason.Price, ValueTier.High).Consent(Channel.DirectMessage, ConsentKind.Granted);
        Assert.Equal("account_message", Journey(Software, high, Channel.DirectMessage).Ask(0.125).Action);
        Assert.Equal("", Journey(Software, Left(LapseReason.Price, ValueTier.Mid), Channel.DirectMessage).Ask(0.125).Action);
    }

    /// <summary>S1: when the sequence is over, and this lapse had its sequences, a newsletter a quarter and no more mails.</summary>
    [Fact]
    [Trait("Rule", "S1")]
    public void AfterTheSequences_ANewsletterAQuarter()
    {
        string lived = Mails(Software, Left(LapseReason.Switching, ValueTier.Low), days: 400);
        output.WriteLine(lived);
        int[] newsletters = [.. lived.Split(", ").Where(s => s.EndsWith(" newsletter", StringComparison.Ordinal))
            .Select(s => int.Parse(s.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(newsletters.Length >= 2, lived);
        Assert.All(newsletters.Zip(newsletters.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 91, lived));
    }

    private static void CapModelOf(PlaybookFileResult playbook, string name, int limit) =>
        Assert.Equal(limit, playbook.Model!.Caps.Single(c => c.Name == name).Limit);

    private string Mails(PlaybookFileResult playbook, CustomerHistory customer, int days = 45) =>
        Live(Journey(playbook, customer, Channel.Email), days);

    private static Journey Journey(PlaybookFileResult playbook, CustomerHistory customer, params Channel[] channels) =>
        new(customer, playbook.Model!, FeatureSchema.Default) { Channels = channels };

    /// <summary>"0 first, 7 second": what was sent on which day, asked each afternoon.</summary>
    private static string Live(Journey journey, int days, int from = 0)
    {
        var sent = new List<string>();
        for (int day = from; day <= days; day++)
            if (journey.Send(day + 0.125) is { Length: > 0 } action) sent.Add($"{day} {action}");
        return string.Join(", ", sent);
    }

    /// <summary>Paid for a year, looked in until the day before, and cancelled.</summary>
    private static CustomerHistory Left(LapseReason reason, ValueTier tier = ValueTier.Mid, double daysAgo = 1) =>
        new CustomerHistory().Lifecycle(LifecycleKind.SignedUp, 400).Paid(daysAgo + 29, tier == ValueTier.High ? 500 : 60).LoggedIn(daysAgo + 1)
            .Lifecycle(LifecycleKind.Cancelled, daysAgo, reason).Profile(tier).OwnedBy("m.jones");


    private static PlaybookFileResult Load(string name)
    {
        PlaybookFileResult result = PlaybookFile.Load(RepositoryFiles.Path("playbooks", name + ".yaml"), FeatureSchema.Default.Names);
        Assert.Empty(result.Errors);
        return result with { Model = result.Model! with { Experiments = ExperimentPlan.None, Exploration = ExplorationModel.Off } };
    }
}
