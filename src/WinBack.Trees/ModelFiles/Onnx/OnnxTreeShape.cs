using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Trees in the order of columns and with the questions that ONNX has.</summary>
internal static class OnnxTreeShape
{
    /// <param name="folded">Trees over input columns.</param>
    /// <param name="order">The columns in the order of the graph's inputs.</param>
    /// <param name="target">For messages.</param>
    /// <exception cref="ConversionException">A node asks what the format cannot.</exception>
    public static TreeEnsemble Of(FoldedModel folded, FoldedColumn[] order, string target)
    {
        int[] place = folded.Columns.Select(column => Array.IndexOf(order, column)).ToArray();
        var source = folded.Ensemble;
        var trees = source.Trees.Select((tree, t) => Reordered(tree, t)).ToArray();
        string[] names = order.Select(column => column.Name).ToArray();
        var ensemble = new TreeEnsemble(names, trees, source.Link, source.BaseScores.ToArray(), source.Divisor, source.Precision);
        CheckCategories(ensemble, target);
        CheckSets(ensemble, order.Count(column => column.Terms is null), target);
        return ensemble;

        Tree Reordered(Tree tree, int t) => new(
            tree.Nodes.ToArray().Select((node, n) => ZeroAsMissing.Resolve(node, $"tree {t}, node {n}", target) with
            {
                Feature = place[node.Feature],
            }).ToArray(),
            tree.LeafValues.ToArray())
        {
            Output = tree.Output,
            Sets = tree.Sets,
        };
    }

    /// <summary>The features that are asked for categories, whose values must be cut to integers.</summary>
    public static bool[] Categories(TreeEnsemble ensemble)
    {
        var isCategory = new bool[ensemble.FeatureCount];
        foreach (var node in ensemble.Trees.SelectMany(tree => tree.Nodes.ToArray()))
        {
            isCategory[node.Feature] |= node.Kind == SplitKind.CategoryIn;
        }

        return isCategory;
    }

    /// <summary>onnxruntime cuts what it looks up in a set to an integer, which only keys of terms and categories are already.</summary>
    private static void CheckSets(TreeEnsemble ensemble, int numbers, string target)
    {
        for (int t = 0; t < ensemble.Trees.Count; t++)
        {
            var tree = ensemble.Trees[t];
            for (int n = 0; n < tree.Nodes.Length; n++)
            {
                var node = tree.Nodes[n];
                if (node.Kind == SplitKind.ValueIn && node.Feature < numbers && tree.Sets[node.Set].Values.Length > 1)
                {
                    string name = ensemble.FeatureNames[node.Feature];
                    throw new ConversionException(target, $"tree {t}, node {n} asks whether '{name}' is one of several exact numbers");
                }
            }
        }
    }

    private static void CheckCategories(TreeEnsemble ensemble, string target)
    {
        bool[] isCategory = Categories(ensemble);
        for (int t = 0; t < ensemble.Trees.Count; t++)
        {
            foreach (var node in ensemble.Trees[t].Nodes)
            {
                if (isCategory[node.Feature] && node.Kind != SplitKind.CategoryIn)
                {
                    string name = ensemble.FeatureNames[node.Feature];
                    throw new ConversionException(target, $"'{name}' is asked both for categories and for numbers (tree {t})");
                }
            }
        }
    }
}
