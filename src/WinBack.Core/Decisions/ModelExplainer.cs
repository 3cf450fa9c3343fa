using WinBack.Trees.Ensemble;
using WinBack.Trees.Explain;
using WinBack.Trees.ModelFiles;

namespace WinBack.Core.Decisions;

/// <summary>Explains the scores of one served model in terms of the feature schema.</summary>
/// <param name="columns">Position in the schema of each of the model's features.</param>
internal sealed class ModelExplainer(TreeModel model, string name, string version, int[] columns)
{
    // Made at the first question: a service that is never asked does not pay for it.
    private readonly Lazy<TreeShap> _shap = new(() => new TreeShap(model.Ensemble));

    /// <summary>Null when the model's file lacks what an explanation needs (see <see cref="TreeShap.KnowsCovers"/>).</summary>
    internal ScoreExplanation? Explain(ReadOnlySpan<float> features)
    {
        if (model.Ensemble.OutputCount != 1 || !TreeShap.KnowsCovers(model.Ensemble)) return null;
        TreeShap shap = _shap.Value;
        float[] row = new float[columns.Length];
        for (int i = 0; i < row.Length; i++) row[i] = features[columns[i]];
        double[] contributions = new double[shap.Groups.Count];
        shap.Contributions(row, contributions);
        var list = new List<FeatureContribution>();
        for (int g = 0; g < contributions.Length; g++)
        {
            int first = shap.Groups.Members[g][0];
            if (contributions[g] != 0) list.Add(new FeatureContribution(columns[first], row[first], contributions[g]));
        }

        list.Sort((a, b) => Math.Abs(b.Contribution).CompareTo(Math.Abs(a.Contribution)));
        double[] raw = new double[1];
        model.RawScores(row, raw);
        double slope = model.Ensemble.Link is LogisticLink logistic ? logistic.Slope : double.NaN;
        return new ScoreExplanation(
            name, version, shap.ExpectedValues[0], raw[0], slope, model.Probability(row), list);
    }
}
