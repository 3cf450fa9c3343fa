using System.Globalization;
using System.Text;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.LightGbm;

/// <summary>Reads LightGBM's text models (versions 2 to 4).</summary>
internal static class LightGbmReader
{
    private const int MaxOutputs = 10_000;

    /// <exception cref="ModelFormatException">Damaged, or an objective or tree that is not supported; it is named.</exception>
    public static TreeModel Read(string file, byte[] bytes)
    {
        var (header, sections) = Cut(file, bytes);
        int outputs = header.Integer("num_tree_per_iteration");
        if (outputs is < 1 or > MaxOutputs)
        {
            throw header.Fault($"{outputs} trees an iteration.");
        }

        var trees = sections.Select((section, t) => LightGbmTree.Read(section, t % outputs)).ToArray();
        double divisor = header.Has("average_output") ? Math.Max(1, trees.Length / outputs) : 1;
        string[] names = header.Text("feature_names").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int features = header.Integer("max_feature_idx") + 1;
        if (names.Length != features)
        {
            throw header.Fault($"{names.Length} feature names for {features} features.");
        }

        try
        {
            var ensemble = new TreeEnsemble(names, trees, LinkOf(header, outputs), new double[outputs], divisor);
            return new TreeModel(ensemble) { Format = ModelFormat.LightGbm };
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException(file, e.Message, "The model is damaged: save it again.", e);
        }
    }

    /// <summary>The header, then one section per "Tree=" up to "end of trees"; what follows are notes.</summary>
    private static (LightGbmSection Header, List<LightGbmSection> Trees) Cut(string file, byte[] bytes)
    {
        var header = new LightGbmSection(file, "header");
        var trees = new List<LightGbmSection>();
        bool hasEnd = false;
        foreach (var line in Encoding.UTF8.GetString(bytes).AsSpan().EnumerateLines())
        {
            string text = line.Trim().ToString();
            hasEnd = text == "end of trees";
            if (hasEnd)
            {
                break;
            }

            if (text.StartsWith("Tree=", StringComparison.Ordinal))
            {
                trees.Add(new LightGbmSection(file, text));
            }
            else if (text.Length > 0)
            {
                (trees.Count == 0 ? header : trees[^1]).Add(text);
            }
        }

        // Version 2 files of old releases have no end line; their notes start with the importances.
        return hasEnd || !header.Has("tree_sizes") || trees.Count == header.Text("tree_sizes").Split(' ').Length
            ? (header, trees)
            : throw header.Fault($"The file ends after {trees.Count} trees.");
    }

    private static Link LinkOf(LightGbmSection header, int outputs)
    {
        string[] objective = header.Has("objective") ? header.Text("objective").Split(' ') : ["custom"];
        double sigmoid = Parameter(header, objective, "sigmoid");
        switch (objective[0])
        {
            case "binary":
                return new LogisticLink(sigmoid);
            case "cross_entropy" or "xentropy":
                return new LogisticLink();
            case "multiclass":
                return new SoftmaxLink();
            case "multiclassova":
                return new OneVersusAllLink(Enumerable.Repeat<Link>(new LogisticLink(sigmoid), outputs).ToArray(), normalises: false);
            case "poisson" or "gamma" or "tweedie":
                return new ExponentialLink();
            case "regression" or "regression_l1" or "huber" or "fair" or "quantile" or "mape" or "lambdarank" or "rank_xendcg" or "custom" or "none"
                when !objective.Contains("sqrt"):
                return new IdentityLink();
            default:
                throw header.Fault($"The objective '{string.Join(' ', objective)}' is not supported.");
        }
    }

    private static double Parameter(LightGbmSection header, string[] objective, string name)
    {
        string? part = Array.Find(objective, part => part.StartsWith(name + ":", StringComparison.Ordinal));
        return part is null ? 1
            : double.TryParse(part.AsSpan(name.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : throw header.Fault($"'{part}' of the objective is not a number.");
    }
}
