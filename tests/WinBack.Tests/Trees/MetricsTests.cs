using WinBack.Trees.Metrics;

namespace WinBack.Tests.Trees;

public sealed class MetricsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RocAuc_RandomScoresWithTies_EqualsAllPairs(int seed)
    {
        var random = new Random(seed);
        var scores = Enumerable.Range(0, 200).Select(_ => (double)random.Next(20)).ToArray();
        var labels = Enumerable.Range(0, 200).Select(_ => (float)random.Next(2)).ToArray();
        var weights = Enumerable.Range(0, 200).Select(_ => random.NextSingle()).ToArray();

        Assert.Equal(AllPairs(scores, labels, weights), RocAuc.Compute(scores, labels, weights), 12);
        Assert.Equal(AllPairs(scores, labels, Enumerable.Repeat(1f, 200).ToArray()), RocAuc.Compute(scores, labels), 12);
    }

    [Fact]
    public void RocAuc_PerfectReversedAndConstant_KnownValues()
    {
        Assert.Equal(1.0, RocAuc.Compute([1, 2, 3, 4], [0, 0, 1, 1]));
        Assert.Equal(0.0, RocAuc.Compute([4, 3, 2, 1], [0, 0, 1, 1]));
        Assert.Equal(0.5, RocAuc.Compute([1, 1, 1, 1], [0, 1, 0, 1]));
        Assert.True(double.IsNaN(RocAuc.Compute([1, 2], [1, 1])));
    }

    [Fact]
    public void LogLossAndBrier_ByHand()
    {
        Assert.Equal((-Math.Log(0.8) - Math.Log(0.6)) / 2, LogLoss.Compute([0.8, 0.4], [1, 0]), 12);
        Assert.Equal(((0.2 * 0.2) + (3 * 0.4 * 0.4)) / 4, BrierScore.Compute([0.8, 0.4], [1, 0], [1, 3]), 12);
        Assert.Equal(-Math.Log(1e-15), LogLoss.Compute([0.0], [1]), 9);
    }

    [Fact]
    public void CalibrationTable_ByHand()
    {
        var table = CalibrationTable.Create([0.05, 0.15, 0.15, 1.0], [0, 0, 1, 1]);

        Assert.Equal(10, table.Rows.Count);
        Assert.Equal(new CalibrationRow(0.1, 0.2, 2, 0.15, 0.5), table.Rows[1]);
        Assert.Equal(1, table.Rows[9].ObservedRate);
        Assert.Equal((0.05 + (2 * 0.35) + 0) / 4, table.ExpectedCalibrationError, 12);
    }

    [Fact]
    public void LiftTable_ByHand()
    {
        var table = LiftTable.Create([0.1, 0.9, 0.8, 0.2], [0, 1, 0, 1], parts: 2);

        Assert.Equal(new LiftRow(1, 2, 0.5, 1, 0.5, 1), table[0]);
        Assert.Equal(new LiftRow(2, 2, 0.5, 1, 1, 1), table[1]);
        Assert.Equal(2, LiftTable.Create([1, 2], [0, 1], parts: 2)[0].Lift);
    }

    [Fact]
    public void Metrics_BrokenInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => LogLoss.Compute([0.1], [0, 1]));
        Assert.Throws<ArgumentException>(() => RocAuc.Compute([0.1], [0.5f]));
        Assert.Throws<ArgumentException>(() => BrierScore.Compute([], []));
        Assert.Throws<ArgumentException>(() => CalibrationTable.Create([1.5], [1]));
    }

    private static double AllPairs(double[] scores, float[] labels, float[] weights)
    {
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (labels[i] == 1 && labels[j] == 0)
                {
                    double weight = (double)weights[i] * weights[j];
                    pairs += weight;
                    wins += weight * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
                }
            }
        }

        return wins / pairs;
    }
}
