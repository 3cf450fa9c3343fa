using System.Globalization;
using WinBack.Core.Features;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Core.Models;

/// <summary>
/// Whether the customers that a model scores are like those it was made from: the features it was given and the
/// predictions it made, against the reference histograms of its manifest. Not thread-safe.
/// </summary>
/// <remarks>
/// Only features that the trees ask are measured: another month is no drift to a model that does not look at it. A model of
/// lapsed customers scores others too, whose answer nobody uses; the manifest says from how many silent days on it was
/// trained (lapse_days), and only those count.
/// </remarks>
public sealed class PopulationDrift
{
    private const string LapseParameter = "lapse_days";
    private const string SilenceFeature = "days_since_last_activity";
    private readonly HistogramCounter[] _features;
    private readonly int[] _columns;
    private readonly HistogramCounter? _prediction;
    private readonly int _silenceColumn;
    private readonly double _leastSilence;

    /// <param name="model">With a manifest; accepted, so its features are of the schema.</param>
    public PopulationDrift(TreeModel model, FeatureSchema schema)
    {
        ModelCard card = model.Manifest!.Card;
        IReadOnlySet<string> asked = FeaturesAsked(model.Ensemble);
        ReferenceHistogram[] histograms = [.. card.FeatureHistograms.Where(h => asked.Contains(h.Name))];
        _features = [.. histograms.Select(h => new HistogramCounter(h))];
        _columns = [.. histograms.Select(h => schema.IndexOf(h.Name))];
        _prediction = card.PredictionHistogram is { } histogram ? new HistogramCounter(histogram) : null;
        _silenceColumn = schema.IndexOf(SilenceFeature);
        string lapse = card.TrainingParameters.GetValueOrDefault(LapseParameter, "");
        bool isOfLapsed = double.TryParse(lapse, NumberStyles.Float, CultureInfo.InvariantCulture, out double days);
        _leastSilence = isOfLapsed && _silenceColumn >= 0 ? days : double.NaN;
    }

    /// <summary>False when the manifest has no histograms.</summary>
    public bool IsMeasured => _features.Length > 0 || _prediction is not null;

    /// <param name="features">Shape [F] in schema order; missing is NaN.</param>
    /// <param name="prediction">0 to 1.</param>
    public void Add(ReadOnlySpan<float> features, double prediction)
    {
        if (!double.IsNaN(_leastSilence) && !(features[_silenceColumn] > _leastSilence)) return;
        for (int i = 0; i < _features.Length; i++) _features[i].Add(features[_columns[i]]);
        _prediction?.Add(prediction);
    }

    /// <summary>Begins a window; readings are over this one and the one before.</summary>
    public void Roll()
    {
        foreach (HistogramCounter feature in _features) feature.Roll();
        _prediction?.Roll();
    }

    /// <summary>The prediction first, then the features as the manifest has them.</summary>
    public IReadOnlyList<DriftReading> Read()
    {
        var readings = new List<DriftReading>(_features.Length + 1);
        if (_prediction is not null) readings.Add(_prediction.Read());
        foreach (HistogramCounter feature in _features) readings.Add(feature.Read());
        return readings;
    }

    private static HashSet<string> FeaturesAsked(TreeEnsemble trees)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (Tree tree in trees.Trees)
        {
            foreach (TreeNode node in tree.Nodes)
            {
                if (node.Kind != SplitKind.AnySlotPositive) asked.Add(trees.FeatureNames[node.Feature]);
                else foreach (float slot in tree.Sets[node.Set].Values) asked.Add(trees.FeatureNames[(int)slot]);
            }
        }

        return asked;
    }
}
