using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Reasons;
using WinBack.Core.State;

namespace WinBack.Tests.Policy;

/// <summary>One test or more a rule; names begin with the id of rules L, A, S, C, V.</summary>
public sealed class EligibilityTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private static readonly Scores Scores = new(0.8, 0.2, ["churn@1", "winback@1"]);

    [Fact]
    public void L4_SilentForLessThanThreshold_RejectedUntilThen()
    {
        Rejection rejection = Single(Review(CustomerHistory.BoughtOnce(20)));
        Assert.Equal((EligibilityStage.Lapse, "L4", "silent for 20 d", "at least 60 d"), Core(rejection));
        Assert.Equal(Now.AddDays(40), rejection.EligibleTime);
    }

    [Fact]
    public void L4_SilentForExactlyTheThreshold_Eligible() => AssertEligible(Review(CustomerHistory.BoughtOnce(60)));

    [Fact]
    public void L4_ThresholdOfTheCategory_GoesBeforeTheDefault()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Lapse.SilenceDaysByCategory["tea"] = 10;
        AssertEligible(Review(CustomerHistory.BoughtOnce(20).Profile(category: "tea"), config));
        AssertEligible(Review(new CustomerHistory().Bought(20, category: "tea"), config));
        Assert.Equal("L4", Single(Review(CustomerHistory.BoughtOnce(20).Profile(category: "coffee"), config)).Rule);
    }

    [Fact]
    public void L4_MoreThan18Months_OnlyAdvertising()
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email(), TestPlaybook.Action("ad", "advertisement"));
        PolicyReview review = Review(CustomerHistory.BoughtOnce(548), config);
        Assert.Equal("ad", Assert.Single(review.Ranking).Action);
        Rejection rejection = Single(review);
        Assert.Equal((EligibilityStage.Lapse, "L4", "silent for 548 d", "less than 548 d"), Core(rejection));
        Assert.Null(rejection.EligibleTime);
        Assert.Equal(2, Review(CustomerHistory.BoughtOnce(547), config).Ranking.Count);
    }

    [Fact]
    public void L4_NothingEverDone_Rejected() =>
        Assert.Equal("no activity known", Single(Review(new CustomerHistory().Profile())).Observed);

    [Fact]
    public void L4_CancelledAccount_LapsedAtOnce() => AssertEligible(Review(
        new CustomerHistory().LoggedIn(3).Lifecycle(LifecycleKind.Cancelled, 2, LapseReason.Price)));

    [Fact]
    public void L6_ProductFit_GetsNothing()
    {
        Rejection rejection = Single(Review(
            new CustomerHistory().LoggedIn(90).Lifecycle(LifecycleKind.Cancelled, 80, LapseReason.ProductFit)));
        Assert.Equal(("L6", (DateTimeOffset?)null), (rejection.Rule, rejection.EligibleTime));
    }

    [Theory]
    [InlineData(ConsentKind.Withdrawn)]
    [InlineData(ConsentKind.Complaint)]
    public void C1_ConsentWithdrawn_Rejected(ConsentKind kind)
    {
        Rejection rejection = Single(Review(CustomerHistory.BoughtOnce(90).Consent(Channel.Email, kind)));
        Assert.Equal((EligibilityStage.Permission, "C1", "consent withdrawn", "not withdrawn"), Core(rejection));
    }

    [Fact]
    public void C1_ConsentUnknown_AsThePlaybookSays()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.UnknownConsent.Remove("email");
        Assert.Equal("consent unknown", Single(Review(CustomerHistory.BoughtOnce(90), config)).Observed);
        AssertEligible(Review(CustomerHistory.BoughtOnce(90).Consent(Channel.Email, ConsentKind.Granted), config));
    }

    [Fact]
    public void A12_TextMessageWithoutConsent_Rejected()
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Action("text", "sms"));
        Assert.Equal("A12", Single(Review(CustomerHistory.BoughtOnce(90), config)).Rule);
        AssertEligible(Review(CustomerHistory.BoughtOnce(90).Consent(Channel.Sms, ConsentKind.Granted), config));
    }

    [Fact]
    [Trait("Rule", "C5")]
    public void C5_Transactional_NeedsNoConsent()
    {
        ActionConfig receipt = TestPlaybook.Email("receipt");
        receipt.Category = "transactional";
        AssertEligible(Review(
            CustomerHistory.BoughtOnce(90).Consent(Channel.Email, ConsentKind.Withdrawn), TestPlaybook.Config(receipt)));
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void C7_AddressBounced_RejectedUntilReachable()
    {
        CustomerHistory customer = CustomerHistory.BoughtOnce(90).Consent(Channel.Email, ConsentKind.AddressBounced, 5);
        Assert.Equal((EligibilityStage.Reachability, "C7", "address bounced", "address reachable"), Core(Single(Review(customer))));
        AssertEligible(Review(customer.Consent(Channel.Email, ConsentKind.AddressReachable, 4)));
    }

    [Fact]
    public void S3_CameBackAfterATouch_RestsFor30Days()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Lapse.SilenceDays = 10;
        TouchHistory touches = Touched(25);
        Rejection rejection = Single(Review(new CustomerHistory().Bought(90).Bought(20), config, touches));
        Assert.Equal((EligibilityStage.Reengaged, "S3", "came back 20 d ago, after a touch", "30 d of rest"), Core(rejection));
        Assert.Equal(Now.AddDays(10), rejection.EligibleTime);
        AssertEligible(Review(new CustomerHistory().Bought(90).Bought(26), config, touches));
        AssertEligible(Review(new CustomerHistory().Bought(90).Bought(31), config, Touched(35)));
    }

    [Theory]
    [InlineData(LapseReason.Price, "A1")]
    [InlineData(LapseReason.Neglect, "A2")]
    [InlineData(LapseReason.SupportFriction, "A3")]
    [InlineData(LapseReason.Switching, "A4")]
    [InlineData(LapseReason.Unknown, "A5")]
    public void A1ToA5_ActionOfAnotherReason_Rejected(LapseReason reason, string rule)
    {
        ActionConfig action = TestPlaybook.Email();
        action.Reasons.Add(Names.Of(reason));
        PlaybookConfig config = TestPlaybook.Config(action);
        AssertEligible(Review(Cancelled(reason), config));
        LapseReason other = reason == LapseReason.Price ? LapseReason.Switching : LapseReason.Price;
        Rejection rejection = Single(Review(Cancelled(other), config));
        Assert.Equal((EligibilityStage.Reason, rule), (rejection.Stage, rejection.Rule));
    }

    [Fact]
    public void L1_BehaviourSpeaks_WhenNoReasonWasGiven()
    {
        Assert.Equal(LapseReason.SupportFriction, ReasonOf(new CustomerHistory().Bought(90).OpenedSupportCase(80)));
        Assert.Equal(LapseReason.Unknown, ReasonOf(new CustomerHistory().OpenedSupportCase(90).Bought(80)));
        Assert.Equal(
            LapseReason.Neglect, ReasonOf(new CustomerHistory().LoggedIn(100).Lifecycle(LifecycleKind.Cancelled, 60)));
        Assert.Equal(LapseReason.Price, ReasonOf(Cancelled(LapseReason.Price)));
    }

    [Fact]
    public void L2_Segments_ByWhatTheCustomerDid()
    {
        Assert.Equal(Segment.BoughtOnce, SegmentOf(CustomerHistory.BoughtOnce(90)));
        Assert.Equal(Segment.BoughtRepeatedly, SegmentOf(CustomerHistory.BoughtOnce(90).Bought(80)));
        Assert.Equal(Segment.BrowsedOnly, SegmentOf(new CustomerHistory().Viewed(90)));
        Assert.Equal(Segment.FreeInactive, SegmentOf(new CustomerHistory().LoggedIn(90)));
        Assert.Equal(
            Segment.TrialCanceller,
            SegmentOf(new CustomerHistory().Lifecycle(LifecycleKind.TrialStarted, 90).Lifecycle(LifecycleKind.Cancelled, 80)));
        Assert.Equal(
            Segment.EarlyChurner, SegmentOf(new CustomerHistory().Paid(250).Lifecycle(LifecycleKind.Cancelled, 80)));
        Assert.Equal(
            Segment.TenuredChurner, SegmentOf(new CustomerHistory().Paid(300).Lifecycle(LifecycleKind.Cancelled, 80)));
    }

    [Fact]
    public void L2_ActionForAnotherSegment_Rejected()
    {
        ActionConfig action = TestPlaybook.Email();
        action.Segments.Add("bought_repeatedly");
        PlaybookConfig config = TestPlaybook.Config(action);
        Assert.Equal(
            (EligibilityStage.Audience, "L2", "bought_once", "bought_repeatedly"),
            Core(Single(Review(CustomerHistory.BoughtOnce(90), config))));
        AssertEligible(Review(CustomerHistory.BoughtOnce(90).Bought(80), config));
    }

    [Fact]
    public void L3_Tier_FromProfileElseFromValue()
    {
        ActionConfig action = TestPlaybook.Email();
        action.Tiers.Add("high");
        PlaybookConfig config = TestPlaybook.Config(action);
        Assert.Equal("L3", Single(Review(CustomerHistory.BoughtOnce(90), config)).Rule);
        AssertEligible(Review(CustomerHistory.BoughtOnce(90), config, features: [500, 4, 0]));
        AssertEligible(Review(CustomerHistory.BoughtOnce(90).Profile(ValueTier.High), config));
        Assert.Equal(
            "L3", Single(Review(CustomerHistory.BoughtOnce(90).Profile(ValueTier.Low), config, features: [500, 4, 0])).Rule);
    }

    [Theory]
    [InlineData(float.NaN, false, false)]
    [InlineData(float.NaN, true, true)]
    [InlineData(1, false, false)]
    [InlineData(2, false, true)]
    public void Condition_OnFeature_HoldsOrRejects(float visits, bool passesWhenMissing, bool isEligible)
    {
        ActionConfig action = TestPlaybook.Email();
        action.Conditions.Add(new() { Feature = "visits", Op = ">=", Value = 2, PassesWhenMissing = passesWhenMissing });
        PolicyReview review = Review(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(action), features: [0, 0, visits]);
        Assert.Equal(isEligible ? 1 : 0, review.Ranking.Count);
        if (!isEligible) Assert.Equal(("visits", "visits >= 2"), (Single(review).Rule, Single(review).Threshold));
    }

    [Fact]
    public void Condition_OnScore_Holds()
    {
        ActionConfig action = TestPlaybook.Email();
        action.Conditions.Add(new() { Feature = "win_back_probability", Op = "<", Value = 0.2 });
        Assert.Equal("win_back_probability", Single(Review(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(action))).Rule);
        action.Conditions[0].Op = "<=";
        AssertEligible(Review(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(action)));
    }

    [Fact]
    public void S1_DaysSinceLapse_OpenAndCloseTheStep()
    {
        ActionConfig action = TestPlaybook.Email();
        (action.MinLapseDays, action.MaxLapseDays) = (7, 21);
        PlaybookConfig config = TestPlaybook.Config(action);
        Rejection early = Single(Review(CustomerHistory.BoughtOnce(66), config));
        Assert.Equal(("S1", Now.AddDays(1)), (early.Rule, early.EligibleTime));
        PolicyReview open = Review(CustomerHistory.BoughtOnce(67), config);
        Assert.Equal(Now.AddDays(14), open.Ranking[0].CloseTime);
        Rejection late = Single(Review(CustomerHistory.BoughtOnce(81), config));
        Assert.Equal(("S1", (DateTimeOffset?)null), (late.Rule, late.EligibleTime));
    }

    [Fact]
    public void S1_DaysSinceFirstTouch_OpenTheStep()
    {
        ActionConfig action = TestPlaybook.Email();
        action.MinSequenceDays = 21;
        PlaybookConfig config = TestPlaybook.Config(action);
        Assert.Null(Single(Review(CustomerHistory.BoughtOnce(90), config)).EligibleTime);
        Rejection early = Single(Review(CustomerHistory.BoughtOnce(90), config, Touched(20)));
        Assert.Equal(("S1", Now.AddDays(1)), (early.Rule, early.EligibleTime));
        Assert.Equal(Now.AddDays(24), Review(CustomerHistory.BoughtOnce(90), config, Touched(21)).Ranking[0].CloseTime);
        // A touch 45 days after the first one begins another sequence.
        Assert.Equal("first touch 20 d ago", Single(Review(CustomerHistory.BoughtOnce(90), config, Touched(65, 20))).Observed);
        Assert.Equal(Now.AddDays(1), Review(CustomerHistory.BoughtOnce(90), config, Touched(44, 20)).Ranking[0].CloseTime);
    }

    [Fact]
    public void S2_Discount_NeverTheOpener()
    {
        ActionConfig action = TestPlaybook.Email();
        action.Offer = new OfferConfig { Name = "ten", Cost = 1 };
        PlaybookConfig config = TestPlaybook.Config(action);
        Rejection rejection = Single(Review(CustomerHistory.BoughtOnce(90), config));
        Assert.Equal((EligibilityStage.Offer, "S2", "a discount as touch 1", "touch 2 or later"), Core(rejection));
        AssertEligible(Review(CustomerHistory.BoughtOnce(90), config, Touched(10)));
        Assert.Equal("S2", Single(Review(CustomerHistory.BoughtOnce(90), config, Touched(46))).Rule);
        action.Offer.IsDiscount = false;
        AssertEligible(Review(CustomerHistory.BoughtOnce(90), config));
    }

    [Fact]
    public void S2_EndOfTheSequence_ClosesTheDiscount()
    {
        ActionConfig action = TestPlaybook.Email();
        action.Offer = new OfferConfig { Name = "ten", Cost = 1 };
        PlaybookConfig config = TestPlaybook.Config(action);
        Assert.Equal(Now.AddDays(5), Review(CustomerHistory.BoughtOnce(90), config, Touched(40, 10)).Ranking[0].CloseTime);
    }

    [Fact]
    public void V2_OfferThatPaysBackTooLate_Rejected()
    {
        ActionConfig action = TestPlaybook.Email();
        action.Offer = new OfferConfig { Name = "gift", IsDiscount = false, Cost = 76 };
        Rejection rejection = Single(Review(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(action)));
        Assert.Equal((EligibilityStage.Offer, "V2", "pays back in 9.12 months", "at most 9 months"), Core(rejection));
        action.Offer.Cost = 75;
        action.ResponseOddsRatio = 20;
        AssertEligible(Review(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(action), scores: Scores with { WinBack = 0.02 }));
    }

    [Fact]
    public void Channel_NotAskedFor_Rejected()
    {
        Assert.Equal(EligibilityStage.Channel, Single(Review(CustomerHistory.BoughtOnce(90), channels: [Channel.Sms])).Stage);
        AssertEligible(Review(CustomerHistory.BoughtOnce(90), channels: [Channel.Sms, Channel.Email]));
    }

    [Fact]
    public void C4_QuietHours_RejectedUntilTheWindowOpens()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.SendWindows = Windows("Europe/London", "08:00", "12:00");
        Rejection late = Single(Review(CustomerHistory.BoughtOnce(90).Profile(timeZone: "Europe/London"), config));
        Assert.Equal((EligibilityStage.Window, "C4", "Monday 13:00 in Europe/London", "08:00-12:00"), Core(late));
        Assert.Equal(Now.AddHours(19), late.EligibleTime);
        // 08:00 in New York.
        AssertEligible(Review(CustomerHistory.BoughtOnce(90).Profile(timeZone: "America/New_York"), config));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Mars/Olympus")]
    public void C4_UnknownZone_IsAssumed(string? zone)
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.SendWindows = Windows("Asia/Tokyo", "08:00", "20:00");
        CustomerHistory customer = CustomerHistory.BoughtOnce(90).Profile(timeZone: zone);
        Assert.Equal("Monday 21:00 in Asia/Tokyo, assumed", Single(Review(customer, config)).Observed);
        config.SendWindows.ZonesWhenUnknown[0] = "Europe/London";
        AssertEligible(Review(customer, config));
        config.SendWindows.ZonesWhenUnknown.Add("America/Los_Angeles");
        Rejection early = Single(Review(customer, config));
        Assert.Equal(("Monday 05:00 in America/Los_Angeles, assumed", Now.AddHours(3)), (early.Observed, early.EligibleTime));
    }

    [Fact]
    public void C5_Transactional_IsSentInQuietHours()
    {
        ActionConfig receipt = TestPlaybook.Email();
        receipt.Category = "transactional";
        PlaybookConfig config = TestPlaybook.Config(receipt);
        config.SendWindows = Windows("Europe/London", "08:00", "09:00");
        AssertEligible(Review(CustomerHistory.BoughtOnce(90), config));
    }

    [Fact]
    public void Rejections_OfOneAction_AreAllKept()
    {
        CustomerHistory customer = CustomerHistory.BoughtOnce(20).Consent(Channel.Email, ConsentKind.Withdrawn)
            .Consent(Channel.Email, ConsentKind.AddressBounced);
        PolicyReview review = Review(customer, channels: [Channel.Sms]);
        Assert.Equal(
            [EligibilityStage.Permission, EligibilityStage.Reachability, EligibilityStage.Lapse, EligibilityStage.Channel],
            review.Rejections.Select(r => r.Stage));
        Assert.Empty(review.Upcoming);
    }

    private static PolicyReview Review(
        CustomerHistory customer,
        PlaybookConfig? config = null,
        TouchHistory? touches = null,
        float[]? features = null,
        Scores? scores = null,
        Channel[]? channels = null) =>
        PolicyReview.Of(new PolicyContext(
            TestPlaybook.Model(config ?? TestPlaybook.Config()), customer.State, features ?? [float.NaN, float.NaN, float.NaN],
            scores ?? Scores, touches ?? TouchHistory.None, channels ?? [], Now));

    private static SendWindowsConfig Windows(string zoneWhenUnknown, string from, string to) => new()
    {
        ZonesWhenUnknown = [zoneWhenUnknown],
        Windows = [new SendWindowConfig { Channel = "email", From = from, To = to }],
    };

    private static TouchHistory Touched(params double[] daysAgo) => new(daysAgo.Select(d => Now.AddDays(-d)).ToArray());

    private static CustomerHistory Cancelled(LapseReason reason) =>
        new CustomerHistory().LoggedIn(90).Lifecycle(LifecycleKind.Cancelled, 89, reason);

    private static LapseReason ReasonOf(CustomerHistory customer) =>
        ReasonEngine.Assess(customer.State, TestPlaybook.Model(TestPlaybook.Config()).Reasons).Reason;

    private static Segment SegmentOf(CustomerHistory customer)
    {
        CustomerState state = customer.State;
        return SegmentRules.Of(state, Lapse.Of(state, TestPlaybook.Model(TestPlaybook.Config()), Now));
    }

    private static Rejection Single(PolicyReview review) => Assert.Single(review.Rejections);

    private static (EligibilityStage Stage, string Rule, string Observed, string Threshold) Core(Rejection r) =>
        (r.Stage, r.Rule, r.Observed, r.Threshold);

    private static void AssertEligible(PolicyReview review)
    {
        Assert.Empty(review.Rejections);
        Assert.Single(review.Ranking);
    }
}
