using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

public sealed class ReferenceHistogramTests
{
    [Fact]
    public void Of_DistinctValues_FillsBinsEqually()
    {
        ReferenceHistogram histogram = ReferenceHistogram.Of("x", Enumerable.Range(0, 100).Select(i => (float)i), bins: 4);

        Assert.Equal([25, 50, 75], histogram.Edges);
        Assert.Equal([25, 25, 25, 25], histogram.Counts);
        Assert.Equal(0, histogram.Missing);
    }

    [Fact]
    public void Of_MostlyZeros_GivesZeroABinOfItsOwn()
    {
        float[] values = [.. Enumerable.Repeat(0f, 900), .. Enumerable.Range(1, 100).Select(i => (float)i)];

        ReferenceHistogram histogram = ReferenceHistogram.Of("purchases", values);

        Assert.Equal(900, histogram.Counts[0]);
        Assert.Equal(1, histogram.Edges[0]);
    }

    [Fact]
    public void Of_OneValueAndMissing_HasOneBin()
    {
        ReferenceHistogram histogram = ReferenceHistogram.Of("x", [3, float.NaN, 3]);

        Assert.Empty(histogram.Edges);
        Assert.Equal([2], histogram.Counts);
        Assert.Equal(1, histogram.Missing);
    }

    [Fact]
    public void Of_NothingButMissing_IsUsable()
    {
        ReferenceHistogram histogram = ReferenceHistogram.Of("x", [float.NaN]);

        Assert.Null(histogram.FindFault());
        Assert.Equal([0], histogram.Counts);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Of_RandomValuesWithTies_CountsAgreeWithALinearLook(int seed)
    {
        var random = new Random(seed);
        float[] values = Enumerable.Range(0, 3_000).Select(_ => (float)Math.Floor(Math.Exp(random.NextDouble() * 4))).ToArray();

        ReferenceHistogram histogram = ReferenceHistogram.Of("x", values);

        Assert.Null(histogram.FindFault());
        Assert.InRange(histogram.Edges.Count, 3, 18);
        foreach (float value in values)
            Assert.Equal(histogram.Edges.Count(edge => edge <= value), histogram.BinOf(value));
        for (int bin = 0; bin < histogram.Counts.Count; bin++)
            Assert.Equal(values.Count(value => histogram.BinOf(value) == bin), histogram.Counts[bin]);
        Assert.DoesNotContain(0, histogram.Counts);
    }

    [Theory]
    [InlineData(new[] { 1.0, 1.0 }, new[] { 1L, 1L, 1L }, "ascending")]
    [InlineData(new[] { double.NaN }, new[] { 1L, 1L }, "finite")]
    [InlineData(new[] { 1.0 }, new[] { 1L }, "1 counts for 1 edges")]
    [InlineData(new[] { 1.0 }, new[] { 1L, -1L }, "negative")]
    public void FindFault_BrokenHistogram_SaysWhatIsWrong(double[] edges, long[] counts, string words) =>
        Assert.Contains(words, new ReferenceHistogram { Name = "x", Edges = edges, Counts = counts }.FindFault(), StringComparison.Ordinal);
}
