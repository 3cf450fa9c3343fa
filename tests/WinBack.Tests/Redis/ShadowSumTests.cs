using WinBack.Adapters.Redis;

namespace WinBack.Tests.Redis;

public sealed class ShadowSumTests
{
    [Fact]
    public void Of_SeveralNodes_CountsAddUp_MeansAreWeighted()
    {
        V1.ShadowReading sum = ShadowSum.Of([Reading(300, 0.2, 1.0), Reading(100, -0.2, 0.6)]);

        V1.ShadowSegment all = sum.Segments[0];
        Assert.Equal(V1.ValueTier.Unspecified, all.ValueTier);
        Assert.Equal(400, all.Requests);
        Assert.Equal(0.1, all.MeanDelta, 12);
        Assert.Equal(0.2, all.MeanAbsoluteDelta, 12);
        Assert.Equal(0.75, all.Disagreement, 12);
        Assert.Equal(0.9, sum.RankCorrelation, 12);
        Assert.Equal(200, sum.Segments.Single(s => s.ValueTier == V1.ValueTier.High).Requests);
    }

    [Fact]
    public void Of_OneNode_IsItself()
    {
        V1.ShadowReading one = Reading(300, 0.2, 0.5);

        Assert.Equal(one, ShadowSum.Of([one]));
    }

    private static V1.ShadowReading Reading(long requests, double delta, double correlation) => new()
    {
        Challenger = "new",
        Champion = "old",
        RankCorrelation = correlation,
        Segments = { Segment(V1.ValueTier.Unspecified, requests, delta), Segment(V1.ValueTier.High, requests / 2, delta) },
    };

    private static V1.ShadowSegment Segment(V1.ValueTier tier, long requests, double delta) => new()
    {
        ValueTier = tier,
        Requests = requests,
        MeanDelta = delta,
        MeanAbsoluteDelta = Math.Abs(delta),
        Disagreement = delta > 0 ? 1 : 0,
    };
}
