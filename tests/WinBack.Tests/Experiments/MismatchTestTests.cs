using WinBack.Core.Experiments;

namespace WinBack.Tests.Experiments;

public sealed class MismatchTestTests
{
    [Theory]
    [Trait("Rule", "E3")]
    [InlineData(0.5, 0.5)]
    [InlineData(0.01, 0.99)]
    [InlineData(0.2, 0.3, 0.5)]
    public void RightShares_LookedAtAllTheTime_AlarmsStayBelowAlpha(params double[] shares)
    {
        const int runs = 200;
        int alarms = 0;
        var random = new Random(20_265);
        for (int run = 0; run < runs; run++)
        {
            long[] counts = new long[shares.Length];
            for (int i = 0; i < 2_000; i++)
            {
                counts[Draw(random, shares)]++;
                // At 5 %, so that there is something to count; the service asks for 0.1 %.
                if (MismatchTest.Probability(MismatchTest.LogEvidence(counts, shares)) > 0.05) continue;
                alarms++;
                break;
            }
        }

        Assert.True(alarms <= (0.05 * runs) + (3 * Math.Sqrt(0.05 * runs)), $"{alarms} alarms in {runs} runs");
    }

    [Theory]
    [Trait("Rule", "E3")]
    [InlineData(6_000, 0.46)]
    [InlineData(40_000, 0.48)]
    public void WrongShares_AreFound(int customers, double actual)
    {
        var random = new Random(20_266);
        int found = 0;
        for (int run = 0; run < 50; run++)
        {
            long[] counts = new long[2];
            for (int i = 0; i < customers; i++) counts[Draw(random, [actual, 1 - actual])]++;
            if (MismatchTest.Probability(MismatchTest.LogEvidence(counts, [0.5, 0.5])) <= MismatchTest.Alpha) found++;
        }

        Assert.True(found >= 45, $"{found} of 50");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(1_234.5, 7550.550901077896)]
    public void LogGamma_IsThatOfTheTables(double x, double expected) =>
        Assert.Equal(expected, MismatchTest.LogGamma(x), 1e-7 * Math.Max(1, expected));

    private static int Draw(Random random, double[] shares)
    {
        double at = random.NextDouble();
        int i = 0;
        while (i < shares.Length - 1 && at >= shares[i]) at -= shares[i++];
        return i;
    }
}
