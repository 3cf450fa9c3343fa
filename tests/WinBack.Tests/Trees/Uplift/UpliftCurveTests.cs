using WinBack.Trees.Uplift;

namespace WinBack.Tests.Trees.Uplift;

public sealed class UpliftCurveTests
{
    [Fact]
    public void Curve_FourRows_IsWhatOneCountsByHand()
    {
        // By score: treated 1, control 0, treated 0, control 1.
        var curve = new UpliftCurve([4, 3, 2, 1], [true, false, true, false], [1, 0, 0, 1], [0.5, 0.5, 0.5, 0.5]);

        // After two rows both arms are there: lift 1 - 0; after three 0.5 - 0; after four 0.5 - 0.5.
        Assert.Equal([new(0, 0), new(0.5, 0.5), new(0.75, 0.375), new(1, 0)], curve.Points);
        Assert.Equal(0.125 + 0.109375 + 0.046875, curve.Auuc, 1e-12);
        Assert.Equal(curve.Auuc, curve.Qini, 1e-12);
        Assert.Equal(1, curve.UpliftAt(0.5), 1e-12);
        Assert.Equal(0.5, curve.UpliftAt(0.75), 1e-12);
        Assert.Equal(0, curve.AverageEffect);
    }

    [Fact]
    public void Qini_TrueEffectsBeatLearntOnesAndChance_ReversedIsNegative()
    {
        var trial = SimulatedTrial.Make(1, 20_000);
        double best = Curve(trial, trial.Effects).Qini;
        double reversed = Curve(trial, trial.Effects.Select(effect => -effect).ToArray()).Qini;

        // Not the seed of the trial: its numbers are the features.
        var random = new Random(1001);
        double[] chance = Enumerable.Range(0, 50)
            .Select(_ => Curve(trial, trial.Effects.Select(_ => random.NextDouble()).ToArray()).Qini).ToArray();

        Assert.True(best > 0.015, $"{best}");
        Assert.True(reversed < -0.01, $"{reversed}");
        Assert.Equal(0, chance.Average(), 0.001);
        Assert.All(chance, qini => Assert.True(qini < best / 2, $"{qini} of {best}"));
    }

    /// <summary>
    /// Whom the treatment won first, whom it lost last; between them those who stand for the control's failures before those who
    /// stand for the treatment's, since an arm's mean is what counts. No order that mixes these gains more.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Qini_PerfectRanking_IsNotBeatenByAnyOther(int seed)
    {
        var random = new Random(1000 + seed);
        var trial = SimulatedTrial.Make(seed, 400);
        float[] outcomes = trial.Table.Outcomes.ToArray();
        int[] arms = trial.Table.Arms.ToArray();
        double[] perfect = Enumerable.Range(0, 400)
            .Select(row => (arms[row], outcomes[row]) switch { (1, 1) => 3.0, (0, 0) => 2, (1, _) => 1, _ => 0 }).ToArray();
        double best = Curve(trial, perfect).Qini;
        for (int i = 0; i < 100; i++)
        {
            double[] other = i % 2 == 0
                ? perfect.Select(score => score + (random.NextDouble() * 4)).ToArray()
                : perfect.Select(_ => random.NextDouble()).ToArray();
            Assert.True(Curve(trial, other).Qini < best);
        }
    }

    [Fact]
    public void Qini_OneScoreForAll_IsExactlyZero()
    {
        var trial = SimulatedTrial.Make(2, 500);

        Assert.Equal(0, Curve(trial, new double[500]).Qini);
    }

    [Fact]
    public void AverageEffect_ConfoundedRows_IsWeightedBack()
    {
        var trial = SimulatedTrial.Make(3, 50_000, confounded: true);

        Assert.Equal(trial.Effects.Average(), Curve(trial, trial.Effects).AverageEffect, 0.015);
    }

    [Fact]
    public void Bootstrap_Interval_HoldsTheValueAndIsSeeded()
    {
        var trial = SimulatedTrial.Make(4, 4_000);
        var curve = Curve(trial, trial.Effects);

        var first = curve.Bootstrap(0.3, 100, seed: 9);

        Assert.Equal(first, curve.Bootstrap(0.3, 100, seed: 9));
        Assert.NotEqual(first, curve.Bootstrap(0.3, 100, seed: 10));
        Assert.InRange(curve.Qini, first.Qini.Low, first.Qini.High);
        Assert.True(first.Qini.Low > 0, "the true effects rank better than chance");
        Assert.InRange(first.UpliftAtShare.High - first.UpliftAtShare.Low, 0.02, 0.3);
    }

    private static UpliftCurve Curve(SimulatedTrial trial, double[] scores)
    {
        int rows = trial.Table.RowCount;
        bool[] treated = trial.Table.Arms.ToArray().Select(arm => arm == 1).ToArray();
        double[] propensities = Enumerable.Range(0, rows).Select(row => trial.Table.PairPropensity(row, 1)).ToArray();
        return new UpliftCurve(scores, treated, trial.Table.Outcomes, propensities);
    }
}
