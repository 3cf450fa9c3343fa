using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Writes TreeEnsembleRegressor (ai.onnx.ml 3): one list of the nodes and leaves of all trees.</summary>
/// <remarks>In each tree the nodes keep their numbers and the leaves follow them. There are no sets.</remarks>
internal static class OnnxNodeListWriter
{
    /// <param name="ensemble">The trees.</param>
    /// <param name="input">The feature matrix, of doubles where the runtime is to add up in double.</param>
    /// <param name="output">The scores.</param>
    /// <param name="isDouble">Whether <paramref name="input"/> is of doubles.</param>
    public static OnnxNodeWriter Write(TreeEnsemble ensemble, string input, string output, bool isDouble)
    {
        var rows = ensemble.Trees.SelectMany((tree, t) => Rows(tree, t)).ToArray();
        var leaves = rows.Where(row => row.IsLeaf).ToArray();
        var node = new OnnxNodeWriter("ai.onnx.ml", "TreeEnsembleRegressor", [input], [output])
            .Integers("nodes_treeids", rows.Select(row => row.Tree))
            .Integers("nodes_nodeids", rows.Select(row => row.Id))
            .Integers("nodes_featureids", rows.Select(row => row.Node.Feature))
            .Texts("nodes_modes", rows.Select(row => row.IsLeaf ? OnnxMode.Leaf : Mode(row.Node)))
            .Integers("nodes_truenodeids", rows.Select(row => row.Node.Left))
            .Integers("nodes_falsenodeids", rows.Select(row => row.Node.Right))
            .Integers("nodes_missing_value_tracks_true", rows.Select(row => row.Node.MissingGoesLeft ? 1 : 0))
            .Integers("target_treeids", leaves.Select(leaf => leaf.Tree))
            .Integers("target_nodeids", leaves.Select(leaf => leaf.Id))
            .Integers("target_ids", leaves.Select(leaf => leaf.Output))
            .Integer("n_targets", ensemble.OutputCount)
            .Text("aggregate_function", "SUM")
            .Text("post_transform", "NONE");
        AddNumbers(node, "nodes_values", rows.Select(row => (double)row.Node.Threshold).ToArray(), isDouble);
        AddNumbers(node, "target_weights", leaves.Select(leaf => leaf.Value).ToArray(), isDouble);
        double[] bases = ensemble.BaseScores.ToArray();
        if (bases.Any(score => score != 0))
        {
            AddNumbers(node, "base_values", bases, isDouble);
        }

        return node;
    }

    private static void AddNumbers(OnnxNodeWriter node, string name, double[] values, bool isDouble)
    {
        if (isDouble)
        {
            node.Tensor(name + "_as_tensor", OnnxTensorWriter.Numbers(name, values, isDouble));
        }
        else
        {
            node.Singles(name, values.Select(value => (float)value));
        }
    }

    private static string Mode(TreeNode node) => OnnxMode.ByNumber[node.Kind == SplitKind.LessOrEqual ? 0 : 1];

    private static IEnumerable<Row> Rows(Tree tree, int number)
    {
        int count = tree.Nodes.Length;
        int Id(int child) => child >= 0 ? child : count + ~child;
        for (int n = 0; n < count; n++)
        {
            var node = tree.Nodes[n];
            yield return new Row(number, n, false, node with { Left = Id(node.Left), Right = Id(node.Right) }, tree.Output, 0);
        }

        for (int leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            yield return new Row(number, count + leaf, true, default, tree.Output, tree.LeafValues[leaf]);
        }
    }

    private readonly record struct Row(int Tree, int Id, bool IsLeaf, TreeNode Node, int Output, double Value);
}
