using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class StabilityIndexTests
{
    private static readonly double[] Shares = [0.30, 0.20, 0.10, 0.10, 0.08, 0.07, 0.05, 0.05, 0.03, 0.02];

    [Fact]
    public void Of_EqualShares_IsNearlyZero() =>
        Assert.InRange(StabilityIndex.Of([1_000, 2_000, 3_000], [100, 200, 300]), 0, 1e-4);

    /// <summary>By hand: (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5).</summary>
    [Fact]
    public void Of_TwoBins_IsTheSumByHand() =>
        Assert.Equal(0.040546511, StabilityIndex.Of([50_000_000, 50_000_000], [60_000_000, 40_000_000]), 6);

    [Fact]
    public void Of_EmptyBins_IsFinite_AndThoseEmptyOnBothSidesDoNotCount()
    {
        double index = StabilityIndex.Of([100, 0, 0], [0, 100, 0]);

        Assert.InRange(index, 1, 20);
        Assert.Equal(StabilityIndex.Of([100, 0], [0, 100]), index);
    }

    /// <summary>
    /// The reason for the threshold: samples of the very population that the reference is of. The customary 0.1 alarms for
    /// many of them when they are small; ours for none in a thousand, and it still sees a real change.
    /// </summary>
    [Theory]
    [InlineData(60, 250)]
    [InlineData(100, 100)]
    [InlineData(200, 5)]
    public void Threshold_SmallSamples_DoesNotAlarmByChance_WhereAFixedOneDoes(int size, int leastFalseAlarms)
    {
        var random = new Random(7_401);
        long[] reference = Sample(random, Shares, 20_000);
        int fixedAlarms = 0, alarms = 0;
        for (int i = 0; i < 1_000; i++)
        {
            long[] observed = Sample(random, Shares, size);
            double index = StabilityIndex.Of(reference, observed);
            if (index > 0.1) fixedAlarms++;
            if (index > StabilityIndex.Threshold(reference, observed)) alarms++;
        }

        Assert.InRange(fixedAlarms, leastFalseAlarms, 1_000);
        Assert.InRange(alarms, 0, 1);
        double[] shifted = [.. Shares.Reverse()];
        long[] changed = Sample(random, shifted, size);
        Assert.True(StabilityIndex.Of(reference, changed) > StabilityIndex.Threshold(reference, changed));
    }

    [Fact]
    public void Threshold_LargeSamples_IsTheFloor_SoThatTriflesDoNotAlarm()
    {
        long[] reference = [500_000, 500_000];
        long[] observed = [505_000, 495_000];

        Assert.Equal(StabilityIndex.Floor, StabilityIndex.Threshold(reference, observed));
        Assert.InRange(StabilityIndex.Of(reference, observed), 1e-5, StabilityIndex.Floor);
    }

    [Fact]
    public void Threshold_NothingObserved_IsNeverExceeded() =>
        Assert.Equal(double.PositiveInfinity, StabilityIndex.Threshold([1, 2], [0, 0]));

    /// <summary>From a table of the chi-square distribution, upper tail 0.0001.</summary>
    [Theory]
    [InlineData(1, 15.137)]
    [InlineData(2, 18.421)]
    [InlineData(5, 25.745)]
    [InlineData(9, 33.720)]
    [InlineData(19, 50.795)]
    public void ChiSquareQuantile_IsNearTheTable(int degrees, double table) =>
        Assert.InRange(StabilityIndex.ChiSquareQuantile(degrees) / table, 1.0, 1.08);

    private static long[] Sample(Random random, double[] shares, int size)
    {
        var counts = new long[shares.Length];
        for (int i = 0; i < size; i++)
        {
            double draw = random.NextDouble();
            int bin = 0;
            while (bin < shares.Length - 1 && (draw -= shares[bin]) >= 0) bin++;
            counts[bin]++;
        }

        return counts;
    }
}
