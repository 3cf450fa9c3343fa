using System.Globalization;
using WinBack.Core.Policy;

namespace WinBack.Tests.Policy;

public sealed class WordsTests
{
    /// <summary>Decisions that are kept were worded so, and are made again.</summary>
    [Fact]
    public void Number_AnyValue_HasFourSignificantDigits()
    {
        double[] values =
        [
            0, -0.0, 1, -1, 0.5, 52, 52.25, 999.95, 9_999, 9_999.5, 10_000, 12_345, 1e-7, 1e20, -7, double.NaN, double.PositiveInfinity,
            .. Enumerable.Range(0, 12_000).Select(i => (double)i), .. Enumerable.Range(0, 1_000).Select(i => i / 7.0),
        ];
        foreach (double value in values) Assert.Equal(value.ToString("G4", CultureInfo.InvariantCulture), Words.Number(value));
    }

    [Fact]
    public void Days_WholeAndBroken_AreNumbers()
    {
        Assert.Equal("60 d", Words.Days(TimeSpan.FromDays(60)));
        Assert.Equal("0.04167 d", Words.Days(TimeSpan.FromHours(1)));
    }
}
