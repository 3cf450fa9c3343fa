using WinBack.Core.Policy.Exploration;

namespace WinBack.Tests.Policy.Exploration;

[Trait("Rule", "E4")]
public sealed class BestOddsTests
{
    /// <summary>Against drawing: the share of draws in which each option is worth most.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fill_RandomOptions_AreTheSharesOfDraws(int seed)
    {
        const int draws = 40_000;
        var random = new Random(seed);
        int count = random.Next(2, 8);
        double[] means = Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4).ToArray();
        double[] deviations = Enumerable.Range(0, count).Select(_ => 0.2 + (random.NextDouble() * 2)).ToArray();
        var shares = new double[count + 1];
        for (int draw = 0; draw < draws; draw++)
        {
            int best = count;
            double most = 0;
            for (int i = 0; i < count; i++)
            {
                double worth = means[i] + (deviations[i] * Normal(random));
                if (worth > most) (best, most) = (i, worth);
            }

            shares[best] += 1.0 / draws;
        }

        var odds = new double[count + 1];
        BestOdds.Fill(means, deviations, odds);
        Assert.Equal(1, odds.Sum(), 9);
        for (int i = 0; i <= count; i++) Assert.InRange(odds[i], shares[i] - 0.02, shares[i] + 0.02);
    }

    [Fact]
    public void Fill_WhatIsKnownExactly_IsCertain()
    {
        var odds = new double[3];
        BestOdds.Fill([3, 2], [0, 0], odds);
        Assert.Equal([1, 0, 0], odds.Select(o => Math.Round(o, 9)));
        BestOdds.Fill([-3, -2], [0, 0], odds);
        Assert.Equal([0, 0, 1], odds.Select(o => Math.Round(o, 9)));
    }

    [Fact]
    public void Weights_AnyOptions_AddUpAndKeepTheFloors()
    {
        var random = new Random(5);
        for (int count = 1; count <= 60; count++)
        {
            var exploration = new ExplorationModel(ExplorationMethod.Thompson, 0.02, 0.01, TimeSpan.FromDays(1));
            double[] means = Enumerable.Range(0, count).Select(_ => random.NextDouble() * 100).ToArray();
            double[] deviations = Enumerable.Range(0, count).Select(_ => random.NextDouble()).ToArray();
            int[] weights = ChoiceWeights.Of(means, deviations, exploration);
            Assert.Equal(count + 1, weights.Length);
            Assert.Equal(1_000_000, weights.Sum());
            int floor = (int)(1_000_000 * Math.Min(0.02, 0.5 * 0.99 / count));
            Assert.All(weights[..^1], weight => Assert.True(weight >= floor, $"{weight} of {count} is below {floor}"));
            Assert.True(weights[^1] >= 10_000);
        }
    }

    [Fact]
    public void Draws_OfOneSeed_AreTheNumbersOfTheAlgorithm()
    {
        // The first outputs of SplitMix64 with seed 0: e220a8397b1dcdaf, 6e789e6aa1b965f4.
        var draw = new SeededDraw(0);
        Assert.Equal((int)((0xe220a8397b1dcdafUL >> 32) * 1_000_000 >> 32), draw.Below(1_000_000));
        Assert.Equal((int)((0x6e789e6aa1b965f4UL >> 32) * 1_000_000 >> 32), draw.Below(1_000_000));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
