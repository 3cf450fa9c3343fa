using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class OutcomeCalibrationTests
{
    private const string Version = "5f0c9d3a11b2";
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Settling = TimeSpan.FromDays(2);
    private static readonly TimeSpan Window = TimeSpan.FromDays(28);
    private static readonly LabelRule Churn = new(false, TimeSpan.FromDays(60), null);

    /// <summary>Who is back is known sooner than who is not: before the time is over, neither counts.</summary>
    [Fact]
    public void Of_HorizonNotOver_CountsInNeitherClass()
    {
        PredictionSample[] samples = [Sample(Now, activityDays: 1), Sample(Now, activityDays: null)];
        foreach (double days in new[] { 1.5, 60, 61.999 })
            Assert.Equal((0, 2), CountsOf(samples, Now.AddDays(days)));
        Assert.Equal((2, 0), CountsOf(samples, Now.AddDays(62)));
        Assert.Equal((2, 0), CountsOf(samples, Now.AddDays(89.999)));
        // They have been known for longer than the window.
        Assert.Equal((0, 0), CountsOf(samples, Now.AddDays(90)));
    }

    [Fact]
    public void Of_OtherVersionsModelsAndCustomers_AreNotCounted()
    {
        PredictionSample sample = Sample(Now, null) with { FoldedUntil = Now.AddDays(70) };
        PredictionSample of(string model, string version) => sample with { Predictions = [new ServedPrediction(model, version, 0.5)] };
        OutcomeCalibration found = Measure([of("churn", Version), of("churn", "other"), of("winback", Version)], Churn);
        Assert.Equal(1, found.Rows);
        LabelRule lapsed = Churn with { IsReturn = true, Lapse = TimeSpan.FromDays(60) };
        Assert.Equal(0, Measure([sample], lapsed).Rows);
        Assert.Equal(1, Measure([sample with { Silence = TimeSpan.FromDays(61) }], lapsed).Rows);
    }

    [Theory]
    [InlineData(0.0, 2_000, false)]
    [InlineData(0.15, 2_000, true)]
    [InlineData(0.15, OutcomeCalibration.LeastRows - 1, false)]
    public void IsDrifting_WhenPredictionsAreNotWhatBecameTrue_AndThereAreLabels(double bias, int rows, bool isDrifting)
    {
        OutcomeCalibration found = Measure(Drawn(seed: 7, rows, bias), Churn);
        Assert.Equal(rows, found.Rows);
        Assert.Equal(isDrifting, found.IsDrifting);
        Assert.Equal(rows / 2, found.Contacts!.Rows);
    }

    /// <summary>The same test as on a table: the same rows give the same figures.</summary>
    [Fact]
    public void Drift_IsThatOfATableWithTheSameRows()
    {
        PredictionSample[] samples = Drawn(seed: 8, 500, bias: 0.1);
        CalibrationDrift table = CalibrationDrift.Of(
            [.. samples.Select(s => s.Predictions[0].Probability)], [.. samples.Select(s => s.FirstActivity is null ? 1f : 0f)], 0.03);
        Assert.Equal(table, Measure(samples, Churn, reference: 0.03).Drift);
    }

    private static (long Rows, long Waiting) CountsOf(PredictionSample[] samples, DateTimeOffset foldedUntil)
    {
        OutcomeCalibration found = Measure(samples.Select(s => s with { FoldedUntil = foldedUntil }), Churn);
        return (found.Rows, found.Waiting);
    }

    private static OutcomeCalibration Measure(IEnumerable<PredictionSample> samples, LabelRule rule, double reference = double.NaN) =>
        OutcomeCalibration.Of("churn", Version, rule, reference, samples, Settling, Window);

    private static PredictionSample Sample(DateTimeOffset time, double? activityDays, double probability = 0.5, bool isContact = false) =>
        new(1, time, TimeSpan.FromDays(10), isContact, [new ServedPrediction("churn", Version, probability)])
        {
            FirstActivity = activityDays is { } days ? time.AddDays(days) : null,
        };

    /// <summary>Silent with the probability that the model says less the bias; else active in time.</summary>
    private static PredictionSample[] Drawn(int seed, int rows, double bias)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, rows).Select(i =>
            {
                double said = 0.2 + (0.6 * random.NextDouble());
                double? activity = random.NextDouble() < said - bias ? null : 59 * random.NextDouble();
                return Sample(Now, activity, said, isContact: i % 2 == 1) with { FoldedUntil = Now.AddDays(63) };
            }),
        ];
    }
}
