using WinBack.Trees.Metrics;

namespace WinBack.Tests.Trees;

public sealed class CurvesTests
{
    private static readonly Random Draws = new(11);
    private static readonly double[] Scores = Enumerable.Range(0, 500).Select(_ => Math.Round(Draws.NextDouble(), 2)).ToArray();
    private static readonly float[] Labels = Scores.Select(score => Draws.NextDouble() < score ? 1f : 0f).ToArray();
    private static readonly float[] Weights = Scores.Select(_ => Draws.NextSingle() + 0.2f).ToArray();

    [Fact]
    public void Roc_WithTiesAndWeights_HasTheAreaOfTheAuc()
    {
        var points = ScoreCurves.Roc(Scores, Labels, Weights);

        double area = points.Zip(points.Skip(1), (a, b) => (b.X - a.X) * (a.Y + b.Y) / 2).Sum();
        Assert.Equal(RocAuc.Compute(Scores, Labels, Weights), area, 9);
        Assert.Equal((new CurvePoint(0, 0), 1.0, 1.0), (points[0], points[^1].X, points[^1].Y));
    }

    [Fact]
    public void PrecisionRecall_EachPoint_IsWhatCountingGives()
    {
        double[] cuts = [.. Scores.Distinct().OrderDescending()];
        var points = ScoreCurves.PrecisionRecall(Scores, Labels, []);

        Assert.Equal(cuts.Length, points.Count);
        for (int i = 0; i < cuts.Length; i++)
        {
            var taken = Enumerable.Range(0, 500).Where(row => Scores[row] >= cuts[i]).ToArray();
            double found = taken.Sum(row => Labels[row]);
            Assert.Equal(found / Labels.Sum(), points[i].X, 9);
            Assert.Equal(found / taken.Length, points[i].Y, 9);
        }
    }

    [Fact]
    public void AveragePrecision_KnownOrder_IsTheTextbookValue() =>
        Assert.Equal((1 + (2.0 / 3) + (3.0 / 4)) / 3, ScoreCurves.AveragePrecision([5, 4, 3, 2, 1], [1, 0, 1, 1, 0], []), 9);

    [Fact]
    public void Gain_Amounts_EndsWithEverything()
    {
        var points = ScoreCurves.Gain([1, 2, 3], [0, 10, 30], []);

        Assert.Equal([new(0, 0), new(1.0 / 3, 0.75), new(2.0 / 3, 1), new(1, 1)], points);
    }

    [Fact]
    public void Bootstrap_AucOfWeakModel_CoversAndNarrowsWithRows()
    {
        var few = Interval(100);
        var many = Interval(500);

        Assert.InRange(few.Value, few.Low, few.High);
        Assert.True(many.High - many.Low < few.High - few.Low);

        // Hanley and McNeil's standard error of the AUC, as a check of the size.
        Assert.InRange(many.High - many.Low, 0.04, 0.12);
        static MetricInterval Interval(int rows) => Bootstrap.Compute(true, Scores[..rows], Labels[..rows], [], [], 1).Single(i => i.Name == "auc");
    }

    [Fact]
    public void Bootstrap_RowsOfOneCustomer_CountAsOneDraw()
    {
        // Every row four times over: as rows the interval halves, as customers it stays.
        double[] scores = [.. Enumerable.Range(0, 1200).Select(i => Scores[i / 4])];
        float[] labels = [.. Enumerable.Range(0, 1200).Select(i => Labels[i / 4])];
        int[] customers = [.. Enumerable.Range(0, 1200).Select(i => i / 4)];
        double Width(int[] groups) => Bootstrap.Compute(true, scores, labels, [], groups, 1).Where(i => i.Name == "auc").Sum(i => i.High - i.Low);

        Assert.InRange(Width(customers) / Width([]), 1.5, 2.7);
    }

    [Fact]
    public void Compare_SameModel_HasNoDifferenceAndAWorseOneIsSure()
    {
        double[] noisy = [.. Scores.Select((score, i) => (score + (7 * i % 100 / 100.0)) / 2)];

        Assert.All(Bootstrap.Compare(true, Scores, Scores, Labels, [], [], 1), i => Assert.Equal((0, 0, 0), (i.Value, i.Low, i.High)));
        var auc = Bootstrap.Compare(true, Scores, noisy, Labels, [], [], 1).Single(i => i.Name == "auc");
        Assert.True(auc.Low > 0, $"{auc}");
        Assert.Equal(RocAuc.Compute(Scores, Labels) - RocAuc.Compute(noisy, Labels), auc.Value, 9);
    }

    [Fact]
    public void Regression_KnownRows_IsComputedByHand()
    {
        var metrics = RegressionMetrics.Compute([1, 2, 6], [1, 4, 4]);

        Assert.Equal((3, 3.0, 3.0), (metrics.Rows, metrics.MeanLabel, metrics.MeanPrediction));
        Assert.Equal(Math.Sqrt(8.0 / 3), metrics.RootMeanSquaredError, 9);
        Assert.Equal(4.0 / 3, metrics.MeanAbsoluteError, 9);
        Assert.Equal(1 - (8.0 / 6), metrics.ExplainedShare, 9);
        Assert.Equal(1, metrics.Gini, 9);
        Assert.Equal(-1, GiniIndex.Compute([3, 2, 1], [1, 2, 3]), 9);
        Assert.Equal(0, GiniIndex.Compute([1, 1, 1], [1, 2, 3]), 9);
    }
}
