using System.Globalization;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.LightGbm;

/// <summary>LightGBM's feature_infos: [least:largest] of numbers, a:b:c of categories, none of features that are never asked.</summary>
/// <remarks>The training data is not known here; the range is that of the thresholds. LightGBM scores without it.</remarks>
internal static class FeatureRanges
{
    public static IEnumerable<string> Of(TreeEnsemble ensemble)
    {
        var asked = ensemble.Trees
            .SelectMany(tree => tree.Nodes.ToArray().Select(node => (Node: node, Values: ValuesOf(tree, node))))
            .ToLookup(pair => pair.Node.Feature);
        return Enumerable.Range(0, ensemble.FeatureCount).Select(f => !asked.Contains(f) ? "none" : Of(asked[f].ToArray()));
    }

    private static string Of((TreeNode Node, float[] Values)[] asked)
    {
        double[] values = asked.SelectMany(pair => pair.Values).Where(float.IsFinite).Select(value => (double)value).Distinct().Order().ToArray();
        return values.Length == 0 ? "[0:0]"
            : asked.All(pair => pair.Node.HasSet) ? string.Join(':', values.Select(Number))
            : $"[{Number(values[0])}:{Number(values[^1])}]";
    }

    private static float[] ValuesOf(Tree tree, TreeNode node) => node.HasSet ? tree.Sets[node.Set].Values.ToArray() : [node.Threshold];

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
