using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Tests.Policy.Sequences;

/// <summary>Sequences as customers live through them; rule ids as traits.</summary>
public sealed class SequenceTests
{
    /// <summary>Three mails on day 0, 7 and 21, the third with a discount.</summary>
    private static PlaybookConfig ThreeMails(Action<TouchSequenceConfig>? change = null)
    {
        ActionConfig offer = TestPlaybook.Email("offer");
        offer.Offer = new OfferConfig { Name = "ten", Cost = 1 };
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email("reminder"), TestPlaybook.Email("news"), offer);
        config.Sequences = [Sequence("main", Step("reminder", 0), Step("news", 7), Step("offer", 21))];
        change?.Invoke(config.Sequences[0]);
        return config;
    }

    private static TouchSequenceConfig Sequence(string name, params StepConfig[] steps) => new() { Name = name, Steps = [.. steps] };

    private static StepConfig Step(string name, double day, params string[] actions) =>
        new() { Name = name, At = TimeSpan.FromDays(day), Actions = actions.Length == 0 ? [name] : [.. actions] };

    [Fact]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    [Trait("Rule", "A14")]
    public void Steps_AreSentOnTheirDays_InOrder_AndNothingAfterTheLast()
    {
        var journey = new Journey(CustomerHistory.BoughtOnce(90), ThreeMails());
        Assert.Equal("reminder", journey.Send(0));
        Assert.Equal("", journey.Send(6.9));
        Assert.Equal(Journey.Start.AddDays(7), journey.Ask(6.9).NextEligibleTime);
        Assert.Equal("news", journey.Send(7));
        Assert.Equal("", journey.Send(20.9));
        Assert.Equal("offer", journey.Send(21));
        for (double day = 21.1; day < 400; day += 10) Assert.Equal("", journey.Send(day));
        Assert.Null(journey.Ask(60).NextEligibleTime);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void LateAsking_KeepsDaysFromTheFirstTouch_AndTheGap()
    {
        PlaybookConfig config = ThreeMails(s => s.Steps[2].Gap = TimeSpan.FromDays(5));
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        Assert.Equal("reminder", journey.Send(3));
        Assert.Equal("news", journey.Send(23));
        Assert.Equal(Journey.Start.AddDays(28), journey.Ask(24).NextEligibleTime!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal("offer", journey.Send(28.01));
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void LastDay_Passed_EndsWithStepsUnsent()
    {
        var journey = new Journey(CustomerHistory.BoughtOnce(90), ThreeMails(s => s.Days = 30));
        journey.Send(0);
        journey.Send(7);
        Assert.Equal("", journey.Send(30));
        Assert.Equal(("S1", null), journey.Why("offer", 30));
    }

    /// <summary>Only what was sent moves a sequence on: an opener that is never sent must not lead to the second step.</summary>
    [Fact]
    [Trait("Rule", "S1")]
    public void Reserved_AndReleasedOrExpired_DoesNotAdvance()
    {
        var journey = new Journey(CustomerHistory.BoughtOnce(90), ThreeMails());
        Decision reserved = journey.Reserve(0);
        Assert.Equal("reminder", reserved.Action);
        Assert.Equal(DecisionKind.NoAction, journey.Ask(0.001).Kind);
        Assert.Equal("reminder", journey.Ask(8).Action);
        Assert.True(journey.Ledger.Release(reserved.Id!.Value.Request, journey.Ledger.Advance(Journey.Start.AddMinutes(1))));
        Assert.Equal("reminder", journey.Ask(0.001).Action);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Return_StopsTheSequence_AndRestsThirtyDays()
    {
        var journey = new Journey(CustomerHistory.BoughtOnce(90), ThreeMails());
        journey.Send(0);
        journey.Customer.Bought(-3);
        Assert.Equal("", journey.Send(7));
        // Lapsed again 60 days after the purchase: by then the rest is over too.
        Assert.Equal(Journey.Start.AddDays(63), journey.Ask(7).NextEligibleTime);
        Assert.Equal("reminder", journey.Send(63));
        Assert.Equal("news", journey.Send(70));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void OneSequenceAtATime_AndThirtyDaysBetween()
    {
        PlaybookConfig config = ThreeMails();
        config.Actions.Add(TestPlaybook.Email("other"));
        config.Sequences.Add(Sequence("second", Step("other", 0)));
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        Assert.Equal("reminder", journey.Send(0));
        Assert.Equal(("S4", 75), journey.Why("other", 1));
        journey.Send(7);
        journey.Send(21);
        Assert.Equal("S4", journey.Why("other", 22).Rule);
        Assert.Equal(51, journey.Why("other", 22).Day!.Value, 0.001);
        Assert.Equal("", journey.Send(50.9));
        Assert.Equal("other", journey.Send(51.01));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void TwoDecisionsOfOneState_OnlyOneStarts()
    {
        PlaybookConfig config = ThreeMails();
        config.Actions.Add(TestPlaybook.Email("other"));
        config.Sequences.Add(Sequence("second", Step("other", 0)));
        config.Actions[3].ResponseOddsRatio = 3;
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        Core.Caps.CapLedger before = journey.Ledger.Copy();
        Decision first = journey.Reserve(0);
        Assert.Equal("other", first.Action);
        // A second decision was planned on what was known before the first one; the ledger is asked when it reserves.
        DecisionPlan late = first.Plan with { Id = new DecisionId(first.Id!.Value.Partition, Guid.Empty) };
        Assert.Equal(-1, Reservation.Reserve(late, journey.Ledger, Journey.Start.AddSeconds(1)).Chosen);
        Assert.Equal(0, Reservation.Reserve(late, before, Journey.Start.AddSeconds(1)).Chosen);
    }

    [Fact]
    [Trait("Rule", "L5")]
    public void Cohort_ChangesMidway_MessageStaysTheSame()
    {
        ActionConfig low = TestPlaybook.Email("for_low"), high = TestPlaybook.Email("for_high");
        (low.Tiers, high.Tiers) = (["low"], ["high"]);
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email("reminder"), low, high);
        config.Sequences = [Sequence("main", Step("reminder", 0), Step("second", 7, "for_low", "for_high"))];
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        journey.Send(0);
        journey.Customer.Profile(ValueTier.High);
        Assert.Equal("L3", journey.Why("for_high", 7).Rule);
        Assert.Equal("for_low", journey.Send(7));
    }

    [Fact]
    [Trait("Rule", "L4")]
    public void EighteenMonthsOfSilence_EndASequenceUnderWay()
    {
        var journey = new Journey(CustomerHistory.BoughtOnce(530), ThreeMails());
        journey.Send(0);
        Assert.Equal("news", journey.Send(7));
        Assert.Equal("", journey.Send(21));
        Assert.Equal(("L4", null), journey.Why("offer", 21));
    }

    /// <summary>A9: 1 h, 24 h, 72 h; the third is left out when the customer responded; never a fourth; then the long form.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Rule", "A9")]
    public void AbandonedCart_ThreeMails_ThenTheLongForm(bool responds)
    {
        PlaybookConfig config = Carts();
        var journey = new Journey(CustomerHistory.BoughtOnce(30).CartAbandoned(0), config);
        Assert.Equal("", journey.Send(0.9 / 24));
        Assert.Equal(Journey.Start.AddHours(1), journey.Ask(0.5 / 24).NextEligibleTime);
        Assert.Equal("cart_1", journey.Send(1.0 / 24));
        Assert.Equal("", journey.Send(23.9 / 24));
        Assert.Equal("cart_2", journey.Send(1));
        if (responds) journey.Customer.Viewed(-1.5);
        Assert.Equal(responds ? "long_form" : "cart_3", journey.Send(3));
        Assert.Equal(responds ? "" : "long_form", journey.Send(3.1));
        for (double day = 3.2; day < 200; day += 5) Assert.Equal("", journey.Send(day));
    }

    [Fact]
    [Trait("Rule", "A9")]
    public void Cart_CheckedOut_NothingMore()
    {
        var journey = new Journey(CustomerHistory.BoughtOnce(30).CartAbandoned(0), Carts());
        Assert.Equal("cart_1", journey.Send(1.0 / 24));
        journey.Customer.Bought(-0.5).CartCheckedOut(-0.5);
        for (double day = 1; day < 30; day++) Assert.Equal("", journey.Send(day));
    }

    private static PlaybookConfig Carts()
    {
        ActionConfig[] actions = [.. new[] { "cart_1", "cart_2", "cart_3", "long_form" }.Select(TestPlaybook.Email)];
        foreach (ActionConfig action in actions) action.RequiresLapse = false;
        PlaybookConfig config = TestPlaybook.Config(actions);
        TouchSequenceConfig cart = Sequence("cart", Step("cart_1", 1.0 / 24), Step("cart_2", 1), Step("cart_3", 3));
        (cart.Trigger, cart.Days, cart.Steps[2].SkipWhen) = ("abandoned_cart", 5, "responded");
        TouchSequenceConfig track = Sequence("track", Step("long_form", 0));
        (track.Trigger, track.Follows) = ("sequence_end", ["cart"]);
        config.Sequences = [cart, track];
        return config;
    }

    [Fact]
    [Trait("Rule", "A15")]
    public void Evergreen_StartsThirtyDaysAfterTheCancellation()
    {
        PlaybookConfig config = ThreeMails(s => (s.Trigger, s.After) = ("cancellation", TimeSpan.FromDays(30)));
        var journey = new Journey(
            new CustomerHistory().Paid(300).LoggedIn(20).Lifecycle(LifecycleKind.Cancelled, 5, LapseReason.Price), config);
        Assert.Equal(("A15", 25), journey.Why("reminder", 0));
        Assert.Equal(Journey.Start.AddDays(25), journey.Ask(0).NextEligibleTime);
        Assert.Equal("reminder", journey.Send(25));
    }

    [Fact]
    [Trait("Rule", "A16")]
    public void Moment_StartsWhenItsConditionsHold_AndAgainOnlyAfterItsTime()
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email("season"));
        TouchSequenceConfig moment = Sequence("season", Step("season", 0));
        (moment.Trigger, moment.RepeatAfter) = ("moment", TimeSpan.FromDays(91));
        moment.Conditions = [new ConditionConfig { Feature = "visits", Op = "<", Value = 1 }];
        config.Sequences = [moment];
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        Assert.Equal("season", journey.Send(0));
        Assert.Equal("", journey.Send(90.9));
        Assert.Equal("season", journey.Send(91.1));
        moment.Conditions[0].Op = ">";
        Assert.Equal("", new Journey(CustomerHistory.BoughtOnce(90), config).Send(0));
    }

    /// <summary>S1: after the sequence no more than one newsletter a quarter.</summary>
    [Fact]
    [Trait("Rule", "S1")]
    public void Newsletter_OncePerQuarterAfterTheSequence()
    {
        PlaybookConfig config = ThreeMails();
        config.Actions.Add(TestPlaybook.Email("newsletter"));
        TouchSequenceConfig newsletter = Sequence("newsletter", Step("newsletter", 0));
        (newsletter.Trigger, newsletter.After) = ("sequence_end", TimeSpan.FromDays(91));
        config.Sequences.Add(newsletter);
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        var sent = new List<int>();
        for (int day = 0; day < 400; day++)
            if (journey.Send(day).Length > 0) sent.Add(day);
        Assert.Equal([0, 7, 21, 112, 203, 294, 385], sent);
    }

    /// <summary>What becomes of the second of three steps when a touch outside of the sequence has filled its cap.</summary>
    [Theory]
    [InlineData("defer", "7: nothing; 10: news; 21: offer")]
    [InlineData("skip", "7: nothing; 10: nothing; 21: offer")]
    [InlineData("end", "7: nothing; 10: nothing; 21: nothing")]
    [InlineData("substitute", "7: letter; 10: nothing; 21: offer")]
    [Trait("Rule", "S1")]
    [Trait("Rule", "C2")]
    public void CappedStep_DefersSkipsEndsOrSubstitutes(string policy, string expected)
    {
        PlaybookConfig config = ThreeMails(s => s.Steps[1].OnCapped = policy);
        config.Actions.Add(TestPlaybook.Action("extra", "email"));
        config.Actions[3].RequiresLapse = false;
        config.Actions[3].Conditions = [new ConditionConfig { Feature = "visits", Op = "<", Value = 0 }];
        if (policy == "substitute")
        {
            config.Actions.Add(TestPlaybook.Action("letter", "print"));
            config.Sequences[0].Steps[1].Actions.Add("letter");
            config.Actions[1].ResponseOddsRatio = 3;
        }

        config.Caps = [new CapConfig { Name = "mail", Scope = "channel", Of = "email", Limit = 1, Window = TimeSpan.FromDays(3) }];
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        Assert.Equal("reminder", journey.Send(0));
        journey.TakeSent(6.99, new CapUse("mail/email", 1, TimeSpan.FromDays(3), true));
        string lived = string.Join("; ", new[] { 7.0, 10, 21 }.Select(
            day => $"{day}: {(journey.Send(day) is { Length: > 0 } action ? action : "nothing")}"));
        Assert.Equal(expected, lived);
    }

    /// <summary>A step that cannot be sent to this customer at all does not hold the others up.</summary>
    [Fact]
    [Trait("Rule", "A12")]
    public void StepWithoutPermission_IsPassedOverWhenTheNextIsDue()
    {
        PlaybookConfig config = ThreeMails();
        config.Actions[1].Channel = "sms";
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        journey.Send(0);
        Assert.Equal("", journey.Send(7));
        Assert.Equal(Journey.Start.AddDays(21), journey.Ask(7).NextEligibleTime);
        Assert.Equal("offer", journey.Send(21));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Discount_AfterStepsThatWereNotSent_IsStillNoOpener()
    {
        PlaybookConfig config = ThreeMails();
        config.Sequence.DiscountFromTouch = 3;
        config.Actions[1].Channel = "sms";
        var journey = new Journey(CustomerHistory.BoughtOnce(90), config);
        journey.Send(0);
        Assert.Equal("", journey.Send(21));
        Assert.Equal("S2", journey.Why("offer", 21).Rule);
    }
}
