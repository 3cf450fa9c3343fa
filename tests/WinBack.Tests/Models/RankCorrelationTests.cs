using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class RankCorrelationTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 10.0, 100, 1_000 }, 1)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 3.0, 2, 1 }, -1)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 5.0, 5, 5 }, 0)]
    [InlineData(new[] { 1.0 }, new[] { 1.0 }, 0)]
    public void Of_KnownOrders_IsKnown(double[] first, double[] second, double expected) =>
        Assert.Equal(expected, RankCorrelation.Of(first, second), 12);

    /// <summary>Ranks by counting, with ties at their mean.</summary>
    [Fact]
    public void Of_RandomValuesWithTies_AgreesWithRanksByCounting()
    {
        var random = new Random(11);
        double[] a = Enumerable.Range(0, 200).Select(_ => Math.Floor(random.NextDouble() * 30)).ToArray();
        double[] b = a.Select(x => Math.Floor((x + (random.NextDouble() * 40)) / 5)).ToArray();
        double[] rankA = Ranks(a), rankB = Ranks(b);
        double meanA = rankA.Average(), meanB = rankB.Average();
        double product = rankA.Zip(rankB, (x, y) => (x - meanA) * (y - meanB)).Sum();
        double expected = product / Math.Sqrt(rankA.Sum(x => (x - meanA) * (x - meanA)) * rankB.Sum(y => (y - meanB) * (y - meanB)));

        Assert.Equal(expected, RankCorrelation.Of(a, b), 12);
    }

    private static double[] Ranks(double[] values) =>
        [.. values.Select(v => values.Count(x => x < v) + ((values.Count(x => x == v) - 1) / 2.0))];
}
