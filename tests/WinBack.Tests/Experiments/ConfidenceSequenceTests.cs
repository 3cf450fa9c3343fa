using WinBack.Core.Experiments;

namespace WinBack.Tests.Experiments;

/// <summary>
/// The bounds on simulated experiments that are looked at after every batch. Seeds are fixed, so a test passes always or
/// never; the thresholds leave room for the chance in the simulation itself (three standard errors).
/// </summary>
public sealed class ConfidenceSequenceTests
{
    private const double Alpha = 0.05;

    /// <summary>Half and half; rare successes; a gate at one percent; a rate that drifts from 2 to 20 %.</summary>
    [Theory]
    [Trait("Rule", "E3")]
    [InlineData(0.5, 0.1, 0.1, 10)]
    [InlineData(0.5, 0.01, 0.01, 20)]
    [InlineData(0.01, 0.05, 0.05, 200)]
    [InlineData(0.5, 0.02, 0.2, 10)]
    public void NoEffect_LookedAtAllTheTime_FalseAlarmsStayBelowAlpha(double share, double firstRate, double lastRate, int batch)
    {
        const int runs = 200, looks = 50;
        int alarms = 0;
        var random = new Random(20_261);
        for (int run = 0; run < runs; run++)
        {
            var batches = new List<ArmCounts>();
            for (int look = 0; look < looks; look++)
            {
                double rate = firstRate + ((lastRate - firstRate) * look / looks);
                batches.Add(Batch(random, share, batch, rate, rate));
                if (!ConfidenceSequence.Refutes(batches, 0, Alpha)) continue;
                alarms++;
                break;
            }
        }

        Assert.True(alarms <= (Alpha * runs) + (3 * Math.Sqrt(runs * Alpha * (1 - Alpha))), $"{alarms} alarms in {runs} runs");
    }

    [Theory]
    [Trait("Rule", "E3")]
    [InlineData(0.5, 0.10, 0.15, 100, 60)]
    [InlineData(0.5, 0.15, 0.10, 100, 60)]
    [InlineData(0.05, 0.10, 0.05, 1_000, 60)]
    public void Effect_IsFound_AndTheTruthStaysInside(double share, double control, double treated, int batch, int looks)
    {
        const int runs = 40;
        int found = 0, lost = 0;
        var random = new Random(20_262);
        for (int run = 0; run < runs; run++)
        {
            var batches = new List<ArmCounts>();
            for (int look = 0; look < looks; look++) batches.Add(Batch(random, share, batch, control, treated));
            if (ConfidenceSequence.Refutes(batches, 0, Alpha)) found++;
            if (ConfidenceSequence.Refutes(batches, treated - control, Alpha)) lost++;
        }

        Assert.True(found >= 0.9 * runs, $"found {found} of {runs}");
        Assert.True(lost <= (Alpha * runs) + (3 * Math.Sqrt(runs * Alpha)), $"the truth was outside {lost} times of {runs}");
    }

    [Fact]
    public void Of_BoundsAreWhereRefutingBegins()
    {
        var random = new Random(20_263);
        List<ArmCounts> batches = [.. Enumerable.Range(0, 30).Select(_ => Batch(random, 0.3, 60, 0.1, 0.16))];
        ConfidenceBounds bounds = ConfidenceSequence.Of(batches, Alpha);
        Assert.InRange(bounds.Estimate, bounds.Lower, bounds.Upper);
        foreach ((double at, bool isOutside) in new[]
            { (bounds.Lower - 1e-6, true), (bounds.Lower + 1e-6, false), (bounds.Upper - 1e-6, false), (bounds.Upper + 1e-6, true) })
            Assert.Equal(isOutside, ConfidenceSequence.Refutes(batches, at, Alpha));
    }

    [Fact]
    public void Of_MoreCustomers_IsSharper()
    {
        var batch = new ArmCounts(0.5, 500, 60, 500, 50);
        ConfidenceBounds few = ConfidenceSequence.Of([batch], Alpha);
        ConfidenceBounds many = ConfidenceSequence.Of([.. Enumerable.Repeat(batch, 40)], Alpha);
        Assert.True(many.Upper - many.Lower < 0.4 * (few.Upper - few.Lower), $"{few} {many}");
        Assert.Equal(0.02, many.Estimate, 0.005);
        Assert.Equal(ConfidenceBounds.Unknown, ConfidenceSequence.Of([], Alpha));
    }

    /// <summary>Looking at every batch with a test made for one look: what this class is for.</summary>
    [Fact]
    [Trait("Rule", "E3")]
    public void FixedSampleTest_LookedAtAllTheTime_AlarmsFarTooOften()
    {
        int alarms = 0;
        var random = new Random(20_264);
        for (int run = 0; run < 300; run++)
        {
            long treated = 0, control = 0, treatedSuccesses = 0, controlSuccesses = 0;
            for (int look = 0; look < 50; look++)
            {
                ArmCounts batch = Batch(random, 0.5, 100, 0.1, 0.1);
                (treated, treatedSuccesses) = (treated + batch.Treated, treatedSuccesses + batch.TreatedSuccesses);
                (control, controlSuccesses) = (control + batch.Control, controlSuccesses + batch.ControlSuccesses);
                double rate = (double)(treatedSuccesses + controlSuccesses) / (treated + control);
                double z = (((double)treatedSuccesses / treated) - ((double)controlSuccesses / control))
                    / Math.Sqrt(rate * (1 - rate) * ((1.0 / treated) + (1.0 / control)));
                if (!(Math.Abs(z) > 1.96)) continue;
                alarms++;
                break;
            }
        }

        Assert.True(alarms > 60, $"{alarms} of 300");
    }

    private static ArmCounts Batch(Random random, double share, int customers, double control, double treated)
    {
        long[] counts = new long[4];
        for (int i = 0; i < customers; i++)
        {
            bool isTreated = random.NextDouble() < share;
            counts[isTreated ? 0 : 2]++;
            if (random.NextDouble() < (isTreated ? treated : control)) counts[isTreated ? 1 : 3]++;
        }

        return new ArmCounts(share, counts[0], counts[1], counts[2], counts[3]);
    }
}
