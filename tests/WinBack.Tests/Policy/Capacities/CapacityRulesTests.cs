using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Tests.Policy.Capacities;

public sealed class CapacityRulesTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;

    [Fact]
    [Trait("Rule", "C6")]
    public void Touch_TakesOneOfItsOwnersWeek()
    {
        PolicyReview review = Review(Calls(), Owned("anna b"));
        CapacityUse use = Assert.Single(Assert.Single(review.Ranking).Capacities);
        Assert.Equal(("calls/anna%20b", 1L, 20L), (use.Pool, use.Units, use.Limit));
        // 1 June 2026 is a Monday; London is an hour ahead.
        Assert.Equal((At("2026-05-31T23:00Z"), At("2026-06-07T23:00Z")), (use.Start, use.End));
        Assert.Equal(("calls/anna%20b", 1L), (Assert.Single(review.Asks).Pool, review.Asks[0].Units));
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void Touch_WithoutAnOwner_IsTurnedDown()
    {
        Rejection rejection = Assert.Single(Review(Calls(), CustomerHistory.BoughtOnce(90)).Rejections);
        Assert.Equal((EligibilityStage.Capacity, "C6 calls"), (rejection.Stage, rejection.Rule));
        Assert.Equal(("nobody looks after the account", null), (rejection.Observed, rejection.EligibleTime));
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void Offer_TakesWhatItCosts_OfTheBudget()
    {
        CapacityUse use = Assert.Single(Assert.Single(Review(Budget(), CustomerHistory.BoughtOnce(90)).Ranking).Capacities);
        Assert.Equal(("budget/all", 2_500_000L, 100_000_000L), (use.Pool, use.Units, use.Limit));
    }

    [Theory]
    [Trait("Rule", "C6")]
    [InlineData(20, 0, true, "")]
    [InlineData(0, 0, false, "0 left")]
    [InlineData(3, 5_000_000, true, "")]
    [InlineData(3, 500_000_000, false, "worth 13.32 a unit")]
    public void Quote_DecidesWhoGetsAUnit(long left, double price, bool isAdmitted, string observed)
    {
        CustomerHistory customer = Owned("anna");
        string key = Assert.Single(Assert.Single(Review(Calls(), customer).Ranking).Capacities).Key;
        PolicyReview review = Review(Calls(), customer, new CapacityQuote(key, left, price) { AskedUnits = 1 });
        Assert.Equal(isAdmitted, review.Ranking.Count == 1);
        Assert.Single(review.Asks);
        if (isAdmitted) return;
        Rejection rejection = Assert.Single(review.Rejections);
        Assert.Equal(
            (EligibilityStage.Capacity, "C6 calls/anna", observed, (DateTimeOffset?)At("2026-06-07T23:00Z")),
            (rejection.Stage, rejection.Rule, rejection.Observed, rejection.EligibleTime));
    }

    /// <summary>What comes back is counted until there is enough; before and after the instant the answer is another.</summary>
    [Fact]
    [Trait("Rule", "C6")]
    public void Quote_TooLittleLeft_PassesWhenEnoughComesBack()
    {
        CustomerHistory customer = Owned("anna");
        CapacityUse use = Assert.Single(Assert.Single(Review(Budget(), customer).Ranking).Capacities);
        Assert.Equal(2_500_000, use.Units);
        DateTimeOffset first = Now.AddMinutes(2), second = Now.AddMinutes(5);
        var quote = new CapacityQuote(use.Key, 1_000_000, 0)
        {
            AskedUnits = use.Units, Returns = [new(first, 1_000_000), new(second, 700_000), new(second.AddHours(1), 1)],
        };
        Assert.Equal(second, Assert.Single(Review(Budget(), customer, quote).Rejections).EligibleTime);
        Assert.Equal(use.End, Assert.Single(Review(Budget(), customer, quote with { Returns = [] }).Rejections).EligibleTime);
        Assert.Single(Review(Budget(), customer, quote with { Returns = [new(Now, 1_500_000)] }).Ranking);
        // Nobody has asked for so many yet: the store has to be asked.
        Assert.Single(Review(Budget(), customer, quote with { AskedUnits = use.Units - 1 }).Ranking);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void Touch_MoreThanAPeriodHas_NeverPasses()
    {
        PlaybookConfig config = Budget();
        config.Capacities[0].Limit = 2;
        Rejection rejection = Assert.Single(Review(config, CustomerHistory.BoughtOnce(90)).Rejections);
        Assert.Equal(("C6 budget/all", "2000000 left", null), (rejection.Rule, rejection.Observed, rejection.EligibleTime));
    }

    [Theory]
    [InlineData("capacities[0].limit", "C6", "2.5", "touches", "Europe/London", "email")]
    [InlineData("capacities[0].limit", "C6", "0", "touches", "Europe/London", "email")]
    [InlineData("capacities[0].zone", "", "20", "touches", "Mars/Olympus", "email")]
    [InlineData("capacities[0].channel", "", "20", "touches", "Europe/London", "pigeon")]
    [InlineData("capacities[0].actions", "C6", "20", "touches", "Europe/London", "")]
    [InlineData("capacities[0].unit", "", "20", "hugs", "Europe/London", "email")]
    [InlineData("capacities[0].unit", "C6", "20", "offer_cost", "Europe/London", "email")]
    [InlineData("capacities[0]", "C6", "20", "touches", "Europe/London", "print")]
    public void Rejects_WrongCapacity(string path, string rule, string limit, string unit, string zone, string channel)
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Capacities =
        [
            new CapacityConfig
            {
                Name = "calls", Limit = decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture), Unit = unit, Zone = zone,
                Channel = channel,
            },
        ];
        PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors);
        Assert.Contains(errors, e => e.Path == path && e.Rule == rule);
    }

    private static PlaybookConfig Calls()
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email());
        config.Capacities = [new CapacityConfig { Name = "calls", Actions = ["mail"], Limit = 20, Per = "owner", Zone = "Europe/London" }];
        return config;
    }

    private static PlaybookConfig Budget()
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email());
        config.Actions[0].Offer = new OfferConfig { Name = "gift", IsDiscount = false, Cost = 2.5m };
        config.Capacities =
        [
            new CapacityConfig { Name = "budget", Unit = "offer_cost", Limit = 100, Period = "month", Channel = "email", Zone = "Europe/London" },
        ];
        return config;
    }

    private static CustomerHistory Owned(string owner) => CustomerHistory.BoughtOnce(90).OwnedBy(owner);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static PolicyReview Review(PlaybookConfig config, CustomerHistory customer, params CapacityQuote[] quotes) => PolicyReview.Of(
        new PolicyContext(
            TestPlaybook.Model(config), customer.State, [0, 0, 0], new Scores(0.8, 0.2, []), TouchHistory.None, [], Now, quotes: quotes));
}
