using WinBack.Core.Policy;
using WinBack.Core.Policy.Valuation;

namespace WinBack.Tests.Policy;

public sealed class ArbitrationTests
{
    [Fact]
    public void V1_NetValue_IsIncrementTimesValueLessCosts()
    {
        ActionConfig action = TestPlaybook.Email();
        (action.ContactCost, action.UnsubscribeProbability) = (2, 0.01);
        action.Offer = new OfferConfig { Name = "gift", IsDiscount = false, Cost = 3 };
        PlaybookConfig config = TestPlaybook.Config(action);
        config.Value.UnsubscribeCost = 5;
        // Odds 0.2 / 0.8 = 1 / 4, doubled 1 / 2, so 1 / 3 with contact; the yearly value is 0.4 x 100 x 10 = 400.
        double expected = ((1 / 3.0 - 0.2) * 400) - 2 - (3 / 3.0) - (0.01 * 5);
        Candidate candidate = Assert.Single(Review(config, 0.2, [100, 10, 0]).Ranking);
        Assert.Equal(expected * 1e6, candidate.ExpectedValueMicros, 1.0);
    }

    [Fact]
    public void V1_BetterValue_IsRankedFirst()
    {
        ActionConfig strong = TestPlaybook.Email("strong");
        strong.ResponseOddsRatio = 3;
        ActionConfig dear = TestPlaybook.Email("dear");
        (dear.ResponseOddsRatio, dear.ContactCost) = (3, 1);
        PolicyReview review = Review(TestPlaybook.Config(TestPlaybook.Email("plain"), dear, strong), 0.2);
        Assert.Equal(["strong", "dear", "plain"], review.Ranking.Select(c => c.Action));
    }

    [Fact]
    [Trait("Rule", "V1")]
    public void V1_Terms_SayHowTheValueCameAbout()
    {
        ActionConfig action = TestPlaybook.Email();
        (action.ContactCost, action.UnsubscribeProbability, action.Lever) = (2, 0.01, 3);
        action.Offer = new OfferConfig { Name = "gift", IsDiscount = false, Cost = 3 };
        action.ContextWeights = [Weight("visits", ">=", 5, 0.5), Weight("visits", "<", 5, 7)];
        Candidate candidate = Assert.Single(Review(TestPlaybook.Config(action), 0.2, [100, 10, 9]).Ranking);
        ValueTerms terms = candidate.Terms;
        Assert.Equal((0.2, 400.0, 2.0, 3.0, 0.05), (terms.ReturnWithout, terms.Value, terms.ContactCost, terms.OfferCost, terms.UnsubscribeCost));
        Assert.Equal((0.5, 3.0), (terms.Context, terms.Lever));
        Assert.Equal(((terms.ReturnWith - 0.2) * 400) - 2 - (terms.ReturnWith * 3) - 0.05, terms.Net, 9);
        Assert.Equal(terms.Net * 1.5, terms.Priority, 9);
        Assert.Equal(terms.NetMicros, candidate.ExpectedValueMicros);
        Assert.EndsWith("ranked as 75.42", candidate.Why);
    }

    /// <summary>Pega's P x C x V x L ranks whoever responds most first, also those who would have come anyway.</summary>
    [Fact]
    [Trait("Rule", "V1")]
    public void V1_Presets_RankByTheirFormula()
    {
        ActionConfig dear = TestPlaybook.Email("dear"), cheap = TestPlaybook.Email("cheap");
        (dear.ResponseOddsRatio, dear.ContactCost) = (2, 10);
        cheap.ResponseOddsRatio = 1.9;
        PlaybookConfig config = TestPlaybook.Config(dear, cheap);
        Assert.Equal(["cheap", "dear"], Review(config, 0.2, [100, 10, 0]).Ranking.Select(c => c.Action));
        config.Arbitration.Preset = "pcvl";
        PolicyReview review = Review(config, 0.2, [100, 10, 0]);
        Assert.Equal(["dear", "cheap"], review.Ranking.Select(c => c.Action));
        Assert.Equal(400 / 3.0, review.Ranking[0].Terms.Priority, 9);
        (config.Arbitration.Value, config.Arbitration.Propensity, cheap.Lever) = (0, 2, 1.2);
        review = Review(config, 0.2, [100, 10, 0]);
        Assert.Equal(["cheap", "dear"], review.Ranking.Select(c => c.Action));
        Assert.Equal(1 / 9.0, review.Ranking[1].Terms.Priority, 9);
    }

    /// <summary>Weights order what is eligible; they make nothing eligible.</summary>
    [Fact]
    [Trait("Rule", "V3")]
    public void V3_WeightsDoNotWakeSleepingDogs()
    {
        ActionConfig action = TestPlaybook.Email();
        (action.ResponseOddsRatio, action.Lever) = (0.8, 100);
        PlaybookConfig config = TestPlaybook.Config(action);
        config.Arbitration.Preset = "pcvl";
        Assert.Equal("V3", Assert.Single(Review(config, 0.2).Rejections).Rule);
    }

    [Fact]
    public void V1_EqualValues_KeepTheOrderOfThePlaybook()
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email("b"), TestPlaybook.Email("a"), TestPlaybook.Email("c"));
        Assert.Equal(["b", "a", "c"], Review(config, 0.2).Ranking.Select(c => c.Action));
    }

    [Fact]
    public void V1_CostsMoreThanItBrings_Rejected()
    {
        ActionConfig action = TestPlaybook.Email();
        action.ContactCost = 20;
        Rejection rejection = Assert.Single(Review(TestPlaybook.Config(action), 0.2).Rejections);
        Assert.Equal((EligibilityStage.Value, "V1", "more than 0.00 GBP"), (rejection.Stage, rejection.Rule, rejection.Threshold));
    }

    [Fact]
    public void V3_SleepingDog_IsLeftAlone()
    {
        ActionConfig action = TestPlaybook.Email();
        action.ResponseOddsRatio = 0.8;
        Assert.Equal("V3", Assert.Single(Review(TestPlaybook.Config(action), 0.2).Rejections).Rule);
    }

    [Theory]
    [InlineData(0.999)]
    [InlineData(0.001)]
    public void V3_ReturnAsGoodAsCertainOrHopeless_GainsLittle(double probability)
    {
        long sure = Review(TestPlaybook.Config(), probability).Ranking.Sum(c => c.ExpectedValueMicros);
        long open = Review(TestPlaybook.Config(), 0.3).Ranking.Sum(c => c.ExpectedValueMicros);
        Assert.True(sure < open / 50, $"{sure} against {open}");
    }

    [Fact]
    public void Upcoming_ActionNotWorthSendingThen_IsNotPromised()
    {
        ActionConfig action = TestPlaybook.Email();
        action.MinLapseDays = 100;
        Assert.Equal(CustomerHistory.Now.AddDays(70), Assert.Single(Review(TestPlaybook.Config(action), 0.2).Upcoming).OpenTime);
        action.ContactCost = 50;
        Assert.Empty(Review(TestPlaybook.Config(action), 0.2).Upcoming);
    }

    private static ContextWeightConfig Weight(string feature, string op, double value, double weight) =>
        new() { Feature = feature, Op = op, Value = value, Weight = weight };

    private static PolicyReview Review(PlaybookConfig config, double winBack, float[]? features = null) =>
        PolicyReview.Of(new PolicyContext(
            TestPlaybook.Model(config), CustomerHistory.BoughtOnce(90).State, features ?? [0, 0, 0], new Scores(0.5, winBack, []),
            TouchHistory.None, [], CustomerHistory.Now));
}
