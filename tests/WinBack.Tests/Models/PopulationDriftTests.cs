using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Models;

public sealed class PopulationDriftTests
{
    private static readonly FeatureSchema Schema = FeatureSchema.Default;
    private static readonly int Purchases = Schema.IndexOf("purchases_lifetime");
    private static readonly int Silence = Schema.IndexOf("days_since_last_activity");
    private readonly Random _random = new(17);

    [Fact]
    public void SamePopulation_IsStable_OtherIsNot_AndOnlyWhatTheTreesAskIsMeasured()
    {
        PopulationDrift drift = Make();
        for (int i = 0; i < 2_000; i++) Add(drift, scale: 1);
        Assert.DoesNotContain(drift.Read(), reading => reading.IsDrifting);

        drift.Roll();
        drift.Roll();
        for (int i = 0; i < 2_000; i++) Add(drift, scale: 3);

        Assert.Equal(
            [(ReferenceHistogram.Prediction, false), ("purchases_lifetime", true)],
            drift.Read().Select(reading => (reading.Name, reading.IsDrifting)));
    }

    [Fact]
    public void Windows_ReadingsAreOverTheLastTwo()
    {
        PopulationDrift drift = Make();
        for (int window = 0; window < 4; window++)
        {
            for (int i = 0; i < 10; i++) Add(drift, scale: 1);
            if (window < 3) drift.Roll();
        }

        Assert.All(drift.Read(), reading => Assert.Equal(20, reading.Observations));
    }

    [Fact]
    public void SourceThatStopsDelivering_IsDrift()
    {
        PopulationDrift drift = Make();
        for (int i = 0; i < 500; i++) Add(drift, scale: float.NaN);

        Assert.True(drift.Read().Single(reading => reading.Name == "purchases_lifetime").IsDrifting);
    }

    [Fact]
    public void ModelOfLapsedCustomers_CountsOnlyThem()
    {
        PopulationDrift drift = Make(lapseDays: "60");
        float[] features = Row(1);
        foreach (float days in new[] { 10f, 60f, 61f, float.NaN })
        {
            features[Silence] = days;
            drift.Add(features, 0.5);
        }

        Assert.All(drift.Read(), reading => Assert.Equal(1, reading.Observations));
    }

    [Fact]
    public void NoHistograms_IsNotMeasured()
    {
        var drift = new PopulationDrift(Open(new StumpModel("churn")), Schema);

        Assert.False(drift.IsMeasured);
        Assert.Empty(drift.Read());
    }

    private PopulationDrift Make(string? lapseDays = null)
    {
        float[] values = [.. Enumerable.Range(0, 5_000).Select(_ => Value(1))];
        var model = new StumpModel("churn")
        {
            FeatureHistograms = [ReferenceHistogram.Of("purchases_lifetime", values), ReferenceHistogram.Of("tenure", values)],
            PredictionHistogram = ReferenceHistogram.Of(ReferenceHistogram.Prediction, values.Select(v => v / 100)),
        };
        if (lapseDays is not null) model = model with { TrainingParameters = new Dictionary<string, string> { ["lapse_days"] = lapseDays } };
        return new PopulationDrift(Open(model), Schema);
    }

    private static TreeModel Open(StumpModel model) => ModelAcceptance.Open(model.Package(), model.Name, Schema);

    private void Add(PopulationDrift drift, float scale) => drift.Add(Row(scale), Value(1) / 100);

    private float[] Row(float scale)
    {
        float[] features = new float[Schema.Count];
        features[Purchases] = Value(scale);
        features[Schema.IndexOf("tenure")] = Value(1);
        return features;
    }

    private float Value(float scale) => (float)(_random.NextDouble() * 50) * scale;
}
