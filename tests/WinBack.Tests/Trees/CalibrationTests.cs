using WinBack.Trees.Metrics;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

public sealed class CalibrationTests
{
    /// <summary>The isotonic fit at place k is the largest, over starts up to k, of the smallest, over ends from k, mean between.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Isotonic_RandomRows_IsTheMinimaxFormula(int seed, bool withWeights)
    {
        var random = new Random(seed);
        double[] scores = Enumerable.Range(0, 120).Select(_ => (double)random.Next(-20, 20)).ToArray();
        float[] labels = scores.Select(score => random.NextDouble() < 1 / (1 + Math.Exp(-score / 8)) ? 1f : 0f).ToArray();
        float[] weights = withWeights ? scores.Select(_ => random.NextSingle() + 0.1f).ToArray() : [];

        var link = IsotonicCalibration.Fit(scores, labels, weights);

        double[] steps = scores.Distinct().Order().ToArray();
        double Mean(int from, int to)
        {
            var rows = Enumerable.Range(0, scores.Length).Where(row => scores[row] >= steps[from] && scores[row] <= steps[to]).ToArray();
            double Weight(int row) => withWeights ? weights[row] : 1;
            return rows.Sum(row => Weight(row) * labels[row]) / rows.Sum(Weight);
        }

        for (int k = 0; k < steps.Length; k++)
        {
            double expected = Enumerable.Range(0, k + 1)
                .Max(from => Enumerable.Range(k, steps.Length - k).Min(to => Mean(from, to)));
            double[] found = [steps[k]];
            link.Apply(found);
            Assert.Equal(Math.Clamp(expected, 1e-15, 1 - 1e-15), found[0], 1e-6);
        }
    }

    [Fact]
    public void Isotonic_DistortedScores_AreMended()
    {
        var table = TrainingTables.Make(8, 6000, 10);
        var options = new TrainingOptions { Rounds = 150, Leaves = 50, MinRowsPerLeaf = 1, ValidationFraction = 0.4 };

        var result = GradientBoostingTrainer.Train(table, options with { Calibration = CalibrationKind.Isotonic });

        var calibration = result.Calibration!;
        Assert.Equal((CalibrationKind.Isotonic, 2400), (calibration.Kind, calibration.Rows));
        Assert.True(calibration.EceAfter < calibration.EceBefore / 2, $"{calibration.EceBefore} to {calibration.EceAfter}");
        Assert.Equal(0, ((BinaryMetrics)result.ValidationMetrics!).ExpectedCalibrationError, 0.02);
    }

    [Fact]
    public void Isotonic_OnRowsItWasFittedOn_LooksBetterThanItIs()
    {
        var table = TrainingTables.Make(18, 700, 4);
        var result = GradientBoostingTrainer.Train(
            table, new TrainingOptions { Rounds = 20, ValidationFraction = 0.3, Calibration = CalibrationKind.Isotonic });

        Assert.True(result.Calibration!.EceAfter > ((BinaryMetrics)result.ValidationMetrics!).ExpectedCalibrationError);
    }

    [Fact]
    public void Fit_SinglePositive_HasNoCrossFittedError()
    {
        var table = new TrainingTable(["x"], [[1, 2, 3, 4]], [0, 0, 0, 1]);

        var outcome = CalibrationOutcome.Fit(
            CalibrationKind.Platt, new WinBack.Trees.Ensemble.LogisticLink(), [-1, -0.5, 0, 1], table, seed: 1);

        Assert.True(double.IsNaN(outcome.EceAfter));
    }
}
