using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

public sealed class FloatSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5000)]
    public void Ascending_AnyBits_AsArraySortHasThem(int count)
    {
        var random = new Random(count);
        float[] values = Enumerable.Range(0, count).Select(_ => BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32)))
            .Where(value => !float.IsNaN(value)).ToArray();
        float[] expected = [.. values];
        Array.Sort(expected);

        Assert.Equal(expected, FloatSort.Ascending(values));
    }

    [Fact]
    public void Ascending_EndsOfTheRange_InOrder() => Assert.Equal(
        [float.NegativeInfinity, float.MinValue, -1, -float.Epsilon, -0f, 0, float.Epsilon, 1, 1, float.MaxValue, float.PositiveInfinity],
        FloatSort.Ascending(
            [1, 0, float.PositiveInfinity, -1, float.MinValue, float.Epsilon, -0f, float.MaxValue, -float.Epsilon, float.NegativeInfinity, 1]));
}
