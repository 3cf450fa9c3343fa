using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class CanaryVerdictTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromMicroseconds(10);
    private readonly Random _random = new(5);

    [Fact]
    public void SameModel_IsLeftAlone_AtEverySize()
    {
        for (int size = 1; size <= 10_000; size *= 10)
            Assert.Equal(CanaryFault.None, CanaryVerdict.Of(Arm(20 * size, 0.4, Usual), Arm(size, 0.4, Usual)).Fault);
    }

    [Fact]
    public void SlightlyBetterModel_IsLeftAlone() =>
        Assert.Equal(CanaryFault.None, CanaryVerdict.Of(Arm(5_000, 0.40, Usual), Arm(5_000, 0.43, Usual)).Fault);

    [Fact]
    public void OtherPredictions_AreDrift_ButNotOnAFewRequests()
    {
        ArmStatistics champion = Arm(5_000, 0.4, Usual);

        Assert.Equal(CanaryFault.None, CanaryVerdict.Of(champion, Arm(20, 0.8, Usual)).Fault);
        CanaryVerdict verdict = CanaryVerdict.Of(champion, Arm(500, 0.8, Usual));
        Assert.Equal(CanaryFault.ScoreDrift, verdict.Fault);
        Assert.Contains("mean 0.8", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_EndIt_AtOnce()
    {
        ArmStatistics canary = Arm(20, 0.4, Usual);
        for (int i = 0; i < 4; i++) canary.AddError();
        Assert.Equal(CanaryFault.None, CanaryVerdict.Of(Arm(20, 0.4, Usual), canary).Fault);

        canary.AddError();

        CanaryVerdict verdict = CanaryVerdict.Of(Arm(20, 0.4, Usual), canary);
        Assert.Equal((CanaryFault.Errors, "scoring failed on 5 of 25 requests"), (verdict.Fault, verdict.Detail));
    }

    [Fact]
    public void FewErrorsAmongMany_DoNot()
    {
        ArmStatistics canary = Arm(2_000, 0.4, Usual);
        for (int i = 0; i < 6; i++) canary.AddError();

        Assert.Equal(CanaryFault.None, CanaryVerdict.Of(Arm(2_000, 0.4, Usual), canary).Fault);
    }

    [Theory]
    [InlineData(90, CanaryFault.None)]
    [InlineData(300, CanaryFault.Latency)]
    public void SlowScoring_EndsIt_WhenItCanBeFelt(int micros, CanaryFault expected) => Assert.Equal(
        expected, CanaryVerdict.Of(Arm(500, 0.4, Usual), Arm(500, 0.4, TimeSpan.FromMicroseconds(micros))).Fault);

    [Fact]
    public void ScoreDistance_IsTheShift()
    {
        Assert.Equal(0.2, Arm(5_000, 0.4, Usual).ScoreDistance(Arm(5_000, 0.6, Usual)), 0.01);
        Assert.Equal(0, Arm(5_000, 0.4, Usual).ScoreDistance(new ArmStatistics()));
    }

    /// <summary>Trees answer in lumps: all of one that moves changes its bin.</summary>
    [Fact]
    public void LumpThatMovesALittle_IsLeftAlone()
    {
        (ArmStatistics champion, ArmStatistics canary) = (new ArmStatistics(), new ArmStatistics());
        for (int i = 0; i < 1_000; i++)
        {
            champion.Add(0.449, Usual);
            canary.Add(0.451, Usual);
        }

        CanaryVerdict verdict = CanaryVerdict.Of(champion, canary);
        Assert.True(verdict.ScoreIndex > verdict.ScoreThreshold);
        Assert.Equal(CanaryFault.None, verdict.Fault);
    }

    [Fact]
    public void ScoringP90_IsWithinAFifth()
    {
        var arm = new ArmStatistics();
        for (int i = 1; i <= 100; i++) arm.Add(0.5, TimeSpan.FromMicroseconds(i));

        Assert.InRange(arm.ScoringP90().TotalMicroseconds, 90, 90 * 1.2);
        Assert.Equal(0.5, arm.MeanPrediction, 12);
        Assert.Equal(TimeSpan.Zero, new ArmStatistics().ScoringP90());
    }

    private ArmStatistics Arm(int requests, double mean, TimeSpan scoring)
    {
        var arm = new ArmStatistics();
        for (int i = 0; i < requests; i++) arm.Add(Math.Clamp(mean + ((_random.NextDouble() - 0.5) * 0.3), 0, 1), scoring);
        return arm;
    }
}
