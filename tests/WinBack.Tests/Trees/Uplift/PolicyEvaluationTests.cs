using WinBack.Trees.Uplift;

namespace WinBack.Tests.Trees.Uplift;

public sealed class PolicyEvaluationTests
{
    private const int Rows = 4_000;

    /// <summary>Over many simulated trials the mean estimate is the truth: with the true outcome model, and without any.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Evaluate_ManyTrials_IsUnbiasedWhateverTheOutcomeModel(bool knowsOutcomes)
    {
        const int trials = 60;
        double[] robust = new double[trials];
        double[] snips = new double[trials];
        for (int i = 0; i < trials; i++)
        {
            var trial = SimulatedTrial.Make(100 + i, Rows, confounded: true);
            var policy = TargetingPolicy.Best("best", [new double[Rows], trial.Effects], 1, [0, 0]);
            double[][] predicted = knowsOutcomes ? trial.Means : [new double[Rows], new double[Rows]];
            var value = new PolicyEvaluation(trial.Table, predicted, 1, [0, 0]).Evaluate([policy], 0, 1)[0];
            double truth = Enumerable.Range(0, Rows).Average(row => trial.Means[policy.Choice[row]][row]);
            robust[i] = value.Robust.Value - truth;
            snips[i] = value.Snips.Value - truth;
        }

        // Standard error of the mean of 60 trials is below 0.002.
        Assert.Equal(0, robust.Average(), 0.006);
        Assert.Equal(0, snips.Average(), 0.006);
        if (knowsOutcomes)
        {
            Assert.True(robust.Sum(e => e * e) < snips.Sum(e => e * e), "the true model should take variance away");
        }
    }

    [Fact]
    public void Evaluate_NoPropensityWeighting_WouldBeBiased()
    {
        var trial = SimulatedTrial.Make(7, 50_000, confounded: true);
        float[] outcomes = trial.Table.Outcomes.ToArray();
        double truth = trial.Means[1].Average();
        double plain = trial.Table.RowsOf(1).Average(row => outcomes[row]);
        var evaluation = new PolicyEvaluation(trial.Table, [new double[50_000], new double[50_000]], 1, [0, 0]);

        var value = evaluation.Evaluate([TargetingPolicy.Everybody("all", 1, 50_000)], 0, 1)[0];

        Assert.True(plain - truth > 0.02, $"plain {plain}, truth {truth}");
        Assert.Equal(truth, value.Snips.Value, 0.01);
        Assert.Equal(truth, value.Robust.Value, 0.01);
    }

    [Fact]
    public void Evaluate_CostsAndValue_AreTakenExactly()
    {
        var trial = SimulatedTrial.Make(8, Rows);
        var free = new PolicyEvaluation(trial.Table, trial.Means, 1, [0, 0]);
        var paid = new PolicyEvaluation(trial.Table, trial.Means, 10, [0, 0.5]);
        var top = TargetingPolicy.Top("top", trial.Effects, 0.25, 1);

        var before = free.Evaluate([top], 0, 1)[0];
        var after = paid.Evaluate([top], 0, 1)[0];

        Assert.Equal(0.25, top.TreatedShare);
        Assert.Equal((10 * before.Robust.Value) - 0.125, after.Robust.Value, 1e-12);
        Assert.Equal((10 * before.Snips.Value) - 0.125, after.Snips.Value, 1e-12);
    }

    [Fact]
    public void Evaluate_SeveralPolicies_DifferencesHavePairedIntervals()
    {
        var trial = SimulatedTrial.Make(9, Rows);
        var evaluation = new PolicyEvaluation(trial.Table, trial.Means, 1, [0, 0]);
        TargetingPolicy[] policies =
        [
            TargetingPolicy.Everybody("all", 1, Rows),
            TargetingPolicy.Best("best", [new double[Rows], trial.Effects], 1, [0, 0]),
            TargetingPolicy.Everybody("none", 0, Rows),
            TargetingPolicy.Top("nearly all", trial.Effects, 0.95, 1),
        ];

        var values = evaluation.Evaluate(policies, 100, 3);

        Assert.Equal(new ValueInterval(0, 0, 0), values[0].Difference);
        Assert.True(values[1].Difference.Low > 0, $"{values[1].Difference}");
        Assert.True(values[2].Difference.High < 0, $"{values[2].Difference}");
        Assert.InRange(values[1].Robust.Value, values[1].Robust.Low, values[1].Robust.High);
        Assert.True(
            values[3].Difference.High - values[3].Difference.Low < (values[3].Robust.High - values[3].Robust.Low) / 2,
            "two policies that nearly agree are resampled together, so their difference is known better than either");
    }

    [Fact]
    public void Promotion_FourRows_IsWhatOneCountsByHand()
    {
        var table = new TreatmentTable(
            ["x"], [[1, 2, 3, 4, 5]], [1, 0, 1, 1, 0], [1, 1, 0, 1, 0], ["no", "yes"]);
        var policy = new TargetingPolicy("first four", [1, 1, 1, 1, 0]);

        var figures = PromotionFigures.Of(table, policy, 10, 0.15, 0, 1);
        var nobody = PromotionFigures.Of(table, TargetingPolicy.Everybody("nobody", 0, 5), 10, 0.15, 0, 1);

        Assert.Equal(0.8, figures.Selected);
        Assert.Equal((2.0 / 3) - 1, figures.ResponseRate.Value, 1e-12);
        Assert.Equal(20 - 10 - 0.45, figures.Revenue.Value, 1e-12);
        Assert.Equal((0, 0), (nobody.ResponseRate.Value, nobody.Revenue.Value));
    }
}
