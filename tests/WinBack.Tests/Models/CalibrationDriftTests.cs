using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class CalibrationDriftTests
{
    [Fact]
    public void Calibrated_IsNotDrifting_AtEverySize()
    {
        int alarms = 0;
        for (int seed = 0; seed < 200; seed++)
            if (Measure(seed, rows: 50 << (seed % 7), bias: 0).IsDrifting) alarms++;

        Assert.Equal(0, alarms);
    }

    [Fact]
    public void TooHighByATenth_IsDrifting_OnceThereAreRows()
    {
        Assert.False(Measure(1, rows: 30, bias: 0.1).IsDrifting);
        CalibrationDrift drift = Measure(1, rows: 3_000, bias: 0.1);
        Assert.True(drift.IsDrifting);
        Assert.InRange(drift.MeanPrediction - drift.ObservedRate, 0.07, 0.13);
    }

    /// <summary>With a hundred thousand rows everything is sure; half a percent is of no weight.</summary>
    [Fact]
    public void TooHighByATrifle_IsSureAndOfNoWeight()
    {
        CalibrationDrift drift = Measure(2, rows: 100_000, bias: 0.012);

        Assert.True(drift.Statistic > drift.Threshold);
        Assert.False(drift.IsDrifting);
    }

    [Fact]
    public void AsBadAsWhenItWasMade_IsNotDrifting()
    {
        Assert.True(Measure(3, rows: 3_000, bias: 0.1, reference: 0.01).IsDrifting);
        Assert.False(Measure(3, rows: 3_000, bias: 0.1, reference: 0.1).IsDrifting);
    }

    [Fact]
    public void CertainPredictions_AreFinite()
    {
        CalibrationDrift drift = CalibrationDrift.Of([0, 1, 1], [0, 1, 0], double.NaN);

        Assert.True(double.IsFinite(drift.Statistic));
        Assert.Equal(3, drift.Rows);
    }

    private static CalibrationDrift Measure(int seed, int rows, double bias, double reference = double.NaN)
    {
        var random = new Random(seed);
        double[] truth = Enumerable.Range(0, rows).Select(_ => 0.1 + (0.7 * random.NextDouble())).ToArray();
        float[] labels = truth.Select(p => random.NextDouble() < p ? 1f : 0f).ToArray();
        return CalibrationDrift.Of(truth.Select(p => p + bias).ToArray(), labels, reference);
    }
}
