using WinBack.Core.Events;
using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class ScoreComparisonTests
{
    [Fact]
    public void Read_ByTier_HasDeltasAndDisagreement()
    {
        var comparison = new ScoreComparison();
        comparison.Add(ValueTier.Low, 0.50, 0.52);
        comparison.Add(ValueTier.Low, 0.20, 0.18);
        comparison.Add(ValueTier.High, 0.10, 0.40);
        comparison.Add(ValueTier.High, 0.90, 0.95);

        ShadowReading reading = comparison.Read();

        Assert.Equal([null, ValueTier.Low, ValueTier.High], reading.Segments.Select(s => s.Tier));
        (ShadowSegment all, ShadowSegment low, ShadowSegment high) = (reading.Segments[0], reading.Segments[1], reading.Segments[2]);
        Assert.Equal((4, 2, 2), (all.Requests, low.Requests, high.Requests));
        Assert.Equal(0.0, low.MeanDelta, 12);
        Assert.Equal(0.02, low.MeanAbsoluteDelta, 12);
        Assert.Equal((0, 0.5, 0.25), (low.Disagreement, high.Disagreement, all.Disagreement));
        Assert.Equal(0.0875, all.MeanDelta, 12);
        Assert.Equal(0.8, reading.RankCorrelation, 12);
    }

    [Fact]
    public void Read_MoreThanIsKept_CorrelatesTheLatest()
    {
        var comparison = new ScoreComparison();
        for (int i = 0; i < ScoreComparison.Kept; i++) comparison.Add(ValueTier.Low, i, -i);
        Assert.Equal(-1, comparison.Read().RankCorrelation, 12);

        for (int i = 0; i < ScoreComparison.Kept; i++) comparison.Add(ValueTier.Low, i, i);

        Assert.Equal(1, comparison.Read().RankCorrelation, 12);
    }

    [Fact]
    public void Read_BeforeTheFirst_IsEmpty() => Assert.Equal(0, Assert.Single(new ScoreComparison().Read().Segments).Requests);
}
