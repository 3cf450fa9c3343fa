using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

public sealed class NumericBinsTests
{
    private const int MaxBins = 50;

    [Fact]
    public void Find_FewValues_HaveABinEach()
    {
        NumericBins bins = NumericBins.Find([3, 1, float.NaN, 2, 1, 0, -0f], MaxBins);
        Assert.Equal(4, bins.Count);
        Assert.Equal([0, 1, 2, 3], new float[] { 0, 1, 2, 3 }.Select(bins.BinOf));
    }

    [Fact]
    public void Find_ManyValues_HoldAboutEqualRows()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(i => i * 0.37f)];
        NumericBins bins = NumericBins.Find(values, MaxBins);
        Assert.Equal(MaxBins, bins.Count);
        Assert.All(RowsOf(bins, values), rows => Assert.InRange(rows, 199, 201));
    }

    /// <summary>What zeros take is not given to the others: they are cut as finely as any rows, and no finer.</summary>
    [Fact]
    public void Find_MostRowsAreZero_CutsTheOthersNoFinerThanAShare()
    {
        float[] values = [.. Enumerable.Range(0, 9_000).Select(_ => 0f), .. Enumerable.Range(1, 1_000).Select(i => (float)i)];
        NumericBins bins = NumericBins.Find(values, MaxBins);
        Assert.Equal(6, bins.Count);
        Assert.Equal(9_000, RowsOf(bins, values)[0]);
        Assert.All(RowsOf(bins, values).Skip(1), rows => Assert.InRange(rows, 199, 201));
    }

    [Fact]
    public void Find_FrequentValueAmongOthers_StandsAlone()
    {
        float[] values = [.. Enumerable.Range(0, 1_000).Select(i => (float)i), .. Enumerable.Range(0, 300).Select(_ => 500.5f)];
        NumericBins bins = NumericBins.Find(values, MaxBins);
        Assert.Equal(300, RowsOf(bins, values)[bins.BinOf(500.5f)]);
    }

    [Fact]
    public void Find_AnyValues_NeverMoreBinsThanAllowed_AndNoneEmpty()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int spread = 1 + random.Next(400);
            double power = 0.2 + (5 * random.NextDouble());
            float[] values = [.. Enumerable.Range(0, 1 + random.Next(3_000)).Select(_ => (float)(int)(spread * Math.Pow(random.NextDouble(), power)))];
            int most = 2 + random.Next(254);
            NumericBins bins = NumericBins.Find(values, most);
            Assert.True(bins.Count <= most, $"seed {seed}: {bins.Count} bins where {most} are allowed");
            Assert.DoesNotContain(0, RowsOf(bins, values));
        }
    }

    private static int[] RowsOf(NumericBins bins, float[] values)
    {
        int[] rows = new int[bins.Count];
        foreach (float value in values) rows[bins.BinOf(value)]++;
        return rows;
    }
}
