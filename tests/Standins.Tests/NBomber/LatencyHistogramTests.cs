using NBomber.Engine;

namespace Standins.Tests.NBomber;

/// <summary>The buckets against the sorted values themselves.</summary>
public sealed class LatencyHistogramTests
{
    private const double BucketError = 1.0 / 1024;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1_000)]
    [InlineData(3, 50_000)]
    public void Percentile_RandomLatencies_IsWithinABucketOfTheSortedValue(int seed, int count)
    {
        var random = new Random(seed);
        // Over seven powers of ten, so that all bucket sizes are met.
        var ticks = Enumerable.Range(0, count).Select(_ => (long)Math.Pow(10, random.NextDouble() * 7)).ToArray();
        var histogram = Filled(ticks);
        Array.Sort(ticks);

        foreach (var percent in new[] { 0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100 })
        {
            var rank = Math.Max(1, (int)Math.Ceiling(percent / 100 * count));
            var exact = ticks[rank - 1] / (double)TimeSpan.TicksPerMillisecond;
            var got = histogram.PercentileMs(percent);

            Assert.True(got >= exact && got <= exact * (1 + BucketError), $"p{percent}: {got}, exactly {exact} (seed {seed})");
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void MeanMinMaxStdDev_RandomLatencies_EqualTheValues(int seed)
    {
        var random = new Random(seed);
        var ticks = Enumerable.Range(0, 10_000).Select(_ => random.NextInt64(0, 50_000_000)).ToArray();
        var histogram = Filled(ticks);
        var ms = ticks.Select(t => t / (double)TimeSpan.TicksPerMillisecond).ToArray();
        var mean = ms.Average();

        Assert.Equal(ms.Length, histogram.Count);
        Assert.Equal(ms.Min(), histogram.MinMs);
        Assert.Equal(ms.Max(), histogram.MaxMs);
        Assert.Equal(mean, histogram.MeanMs, 6);
        Assert.Equal(Math.Sqrt(ms.Average(value => (value - mean) * (value - mean))), histogram.StdDevMs(), mean / 1_000);
        Assert.Equal(ms.Count(value => value <= 2_000), histogram.CountUpTo(2_000), mean);
    }

    [Fact]
    public void Record_SmallTicks_AreExact()
    {
        for (var ticks = 0L; ticks < 2_048; ticks++)
        {
            Assert.Equal(ticks / (double)TimeSpan.TicksPerMillisecond, Filled([ticks]).PercentileMs(50));
        }
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(long.MaxValue, LatencyHistogram.MaxTicks)]
    public void Record_OutsideTheRange_CountsAtItsEnd(long ticks, long expected) =>
        Assert.Equal(expected / (double)TimeSpan.TicksPerMillisecond, Filled([ticks]).PercentileMs(100));

    [Fact]
    public void Percentile_Nothing_IsZero()
    {
        var histogram = new LatencyHistogram();

        Assert.Equal((0, 0, 0, 0, 0), (histogram.Count, histogram.MinMs, histogram.MeanMs, histogram.PercentileMs(99), histogram.StdDevMs()));
    }

    [Fact]
    public void Record_ManyThreads_LosesNothing()
    {
        var histogram = new LatencyHistogram();
        Parallel.For(0, 100_000, i => histogram.Record(TimeSpan.FromTicks(i % 10)));

        Assert.Equal(100_000, histogram.Count);
        Assert.Equal(100_000, histogram.CountUpTo(1));
        Assert.Equal(4.5 / TimeSpan.TicksPerMillisecond, histogram.MeanMs, 9);
    }

    private static LatencyHistogram Filled(long[] ticks)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in ticks)
        {
            histogram.Record(TimeSpan.FromTicks(value));
        }

        return histogram;
    }
}
