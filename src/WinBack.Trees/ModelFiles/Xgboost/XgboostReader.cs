using System.Globalization;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Xgboost;

/// <summary>Reads XGBoost models (gbtree and dart) from JSON or UBJ.</summary>
/// <remarks>Nodes ask <c>x &lt; threshold</c>; scores are summed in float from the base score on, as XGBoost does.</remarks>
internal static class XgboostReader
{
    private const int MaxFeatures = 1 << 20;
    private const int MaxOutputs = 10_000;

    public static TreeModel ReadJson(string file, byte[] bytes) => Read(file, new XgboostJson(file, bytes).Read(), ModelFormat.XgboostJson);

    public static TreeModel ReadUbj(string file, byte[] bytes) => Read(file, new XgboostUbj(file, bytes).Read(), ModelFormat.XgboostUbj);

    private static TreeModel Read(string file, XgboostValue root, ModelFormat format)
    {
        var learner = new XgboostDocument(file, "", root)["learner"];
        var parameters = learner["learner_model_param"];
        var objective = XgboostObjective.Find(learner["objective"]);
        int outputs = Math.Max(1, parameters["num_class"].Count());
        if (outputs > MaxOutputs || (parameters.Has("num_target") && parameters["num_target"].Count() > 1))
        {
            throw parameters.Fault("Models with several targets are not supported.");
        }

        double[] baseScores = BaseScores(parameters["base_score"], outputs).Select(score => (double)objective.ToMargin(score)).ToArray();
        var (model, weights) = Booster(learner["gradient_booster"]);
        int[] treeOutputs = model["tree_info"].Integers();
        var trees = model["trees"].Items
            .Select((tree, t) => XgboostTree.Read(
                tree,
                t < treeOutputs.Length ? treeOutputs[t] : throw model.Fault("tree_info is too short."),
                weights is null ? 1 : t < weights.Length ? (float)weights[t] : throw model.Fault("weight_drop is too short.")))
            .ToArray();
        try
        {
            var ensemble = new TreeEnsemble(
                FeatureNames(learner, parameters), trees, objective.Link, baseScores, precision: ScorePrecision.SingleSums);
            return new TreeModel(ensemble) { Format = format };
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException(file, e.Message, "The model is damaged: save it again.", e);
        }
    }

    private static (XgboostDocument Model, double[]? Weights) Booster(XgboostDocument booster)
    {
        string name = booster["name"].Text;
        return name switch
        {
            "gbtree" => (booster["model"], null),
            "dart" => (booster["gbtree"]["model"], booster["weight_drop"].Numbers),
            _ => throw booster.Fault($"The booster '{name}' is not supported; 'gbtree' and 'dart' are."),
        };
    }

    /// <summary>"5E-1", or "[5E-1]" and "[a,b,c]" in newer versions.</summary>
    private static float[] BaseScores(XgboostDocument baseScore, int outputs)
    {
        string[] parts = baseScore.Text.Trim().Trim('[', ']').Split(',');
        var scores = parts
            .Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float score)
                ? score
                : throw baseScore.Fault($"'{baseScore.Text}' is not a number."))
            .ToArray();
        return scores.Length == outputs ? scores
            : scores.Length == 1 ? Enumerable.Repeat(scores[0], outputs).ToArray()
            : throw baseScore.Fault($"{scores.Length} base scores for {outputs} outputs.");
    }

    private static string[] FeatureNames(XgboostDocument learner, XgboostDocument parameters)
    {
        int count = parameters["num_feature"].Count();
        if (count is < 0 or > MaxFeatures)
        {
            throw parameters.Fault($"{count} features are more than {MaxFeatures}.");
        }

        string[] names = learner.Has("feature_names") ? learner["feature_names"].Items.Select(name => name.Text).ToArray() : [];
        return names.Length == 0 ? Enumerable.Range(0, count).Select(f => $"f{f}").ToArray()
            : names.Length == count ? names
            : throw learner.Fault($"{names.Length} feature names for {count} features.");
    }
}
