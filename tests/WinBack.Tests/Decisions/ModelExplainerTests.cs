using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.State;
using WinBack.Tests.Features;

namespace WinBack.Tests.Decisions;

/// <summary>Explanations by the shipped models, of random customers.</summary>
public sealed class ModelExplainerTests
{
    private static readonly FeatureSchema Schema = FeatureSchema.Default;
    private static readonly DateTimeOffset AsOf = new(2011, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Scorer _scorer = ShippedDecisions.Scorer();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Explain_ShippedModels_SumsToTheScoreThatIsServed(int seed)
    {
        float[] features = FeaturesOf(seed);

        IReadOnlyList<ScoreExplanation> explanations = _scorer.Explain(features);

        Scores scores = _scorer.Score(features);
        Assert.Equal(_scorer.ModelVersions, explanations.Select(e => e.ModelVersion));
        Assert.Equal([scores.Churn, scores.WinBack], explanations.Select(e => e.Probability));
        foreach (ScoreExplanation explanation in explanations)
        {
            double sum = explanation.ExpectedScore + explanation.Contributions.Sum(c => c.Contribution);
            Assert.Equal(explanation.RawScore, sum, 1e-9);
            Assert.Equal(explanation.Probability, 1 / (1 + Math.Exp(-sum * explanation.LogOddsPerScore)), 1e-6);
            double[] sizes = [.. explanation.Contributions.Select(c => Math.Abs(c.Contribution))];
            Assert.Equal(sizes.OrderDescending(), sizes);
            Assert.All(explanation.Contributions, c => Assert.Equal(features[c.Feature], c.Value));
        }
    }

    [Theory]
    [InlineData("days_since_last_purchase", 412f, 0.84, "412 days since the last purchase raises churn by 0.84 (log-odds)")]
    [InlineData("purchases_90d", 3f, -1.5, "3 purchases in the last 90 days lowers churn by 1.50 (log-odds)")]
    [InlineData("spend_lifetime", 1234.5f, 0.1234, "spend_lifetime of 1,234.5 (value of all purchases ever) raises churn by 0.1234 (log-odds)")]
    [InlineData("tenure", float.NaN, 0.5, "missing tenure (days since the first event of any kind) raises churn by 0.50 (log-odds)")]
    public void Words_OfAContribution_SayFactDirectionAndSize(string feature, float value, double logOdds, string expected)
    {
        int f = Schema.IndexOf(feature);
        var explanation = new ScoreExplanation("churn", "churn@1", 0, 0, 2, 0.5, []);

        string words = ContributionWords.Of(new FeatureContribution(f, value, logOdds / 2), Schema.Features[f], explanation);

        Assert.Equal(expected, words);
    }

    private static float[] FeaturesOf(int seed)
    {
        CustomerState state = new RandomCustomer(seed, 80, AsOf.AddDays(-300), TimeSpan.FromDays(250)).StateBefore(AsOf);
        var context = new FeatureContext();
        context.Load(state, AsOf);
        float[] features = new float[Schema.Count];
        Schema.Write(context, features);
        return features;
    }
}
