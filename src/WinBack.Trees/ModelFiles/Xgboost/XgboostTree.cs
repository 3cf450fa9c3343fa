using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Xgboost;

/// <summary>Reads one tree of an XGBoost model.</summary>
internal static class XgboostTree
{
    private const int Categorical = 1;

    /// <param name="tree">The tree's object.</param>
    /// <param name="output">The class its leaves add to.</param>
    /// <param name="weight">Multiplies the leaves (DART); 1 otherwise.</param>
    /// <exception cref="ModelFormatException">Arrays of different lengths, or vector leaves.</exception>
    public static Tree Read(XgboostDocument tree, int output, float weight)
    {
        var parameters = tree["tree_param"];
        if (parameters.Has("size_leaf_vector") && parameters["size_leaf_vector"].Count() > 1)
        {
            throw parameters.Fault("Vector leaves are not supported.");
        }

        int[] left = tree["left_children"].Integers();
        int[] right = tree["right_children"].Integers();
        int[] features = tree["split_indices"].Integers();
        double[] conditions = tree["split_conditions"].Numbers;
        double[] defaults = tree["default_left"].Numbers;
        double[] kinds = tree.Has("split_type") ? tree["split_type"].Numbers : new double[left.Length];
        double[] weights = Optional(tree, "sum_hessian", left.Length);
        double[] gains = Optional(tree, "loss_changes", left.Length);
        if (!new[] { right.Length, features.Length, conditions.Length, defaults.Length, kinds.Length }.All(length => length == left.Length))
        {
            throw tree.Fault($"Arrays of different lengths for {left.Length} nodes.");
        }

        var sets = new List<ValueSet>();
        var setOfNode = Categories(tree, sets);
        var nodes = new SourceNode[left.Length];
        for (int n = 0; n < nodes.Length; n++)
        {
            bool isLeaf = left[n] == -1;
            nodes[n] = new SourceNode(
                n,
                isLeaf,
                isLeaf ? weight * (float)conditions[n] : 0,
                isLeaf ? default : kinds[n] == Categorical ? InSet(n) : Numeric(n),
                (float)weights[n],
                (float)gains[n]);
        }

        return SourceTree.Build(nodes, 0, sets, output, tree.Fault);

        TreeNode Numeric(int n) => new()
        {
            Kind = SplitKind.LessThan,
            Feature = features[n],
            Threshold = (float)conditions[n],
            MissingGoesLeft = defaults[n] != 0,
            Left = left[n],
            Right = right[n],
        };

        // Members go right in XGBoost and left here, so the children change places.
        TreeNode InSet(int n) => new()
        {
            Kind = SplitKind.CategoryIn,
            Feature = features[n],
            MissingGoesLeft = defaults[n] == 0,
            Set = setOfNode.TryGetValue(n, out int set) ? set : throw tree.Fault($"Node {n} has no categories."),
            Left = right[n],
            Right = left[n],
        };
    }

    private static double[] Optional(XgboostDocument tree, string name, int length)
    {
        double[] values = tree.Has(name) ? tree[name].Numbers : [];
        return values.Length == length ? values : Enumerable.Repeat(double.NaN, length).ToArray();
    }

    /// <summary>categories_nodes lists nodes; segments and sizes cut their members out of categories.</summary>
    private static Dictionary<int, int> Categories(XgboostDocument tree, List<ValueSet> sets)
    {
        var setOfNode = new Dictionary<int, int>();
        if (!tree.Has("categories_nodes"))
        {
            return setOfNode;
        }

        int[] nodes = tree["categories_nodes"].Integers();
        int[] starts = tree["categories_segments"].Integers();
        int[] sizes = tree["categories_sizes"].Integers();
        int[] members = tree["categories"].Integers();
        if (starts.Length != nodes.Length || sizes.Length != nodes.Length)
        {
            throw tree.Fault("Categories of different lengths.");
        }

        long total = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            total += Math.Max(0, sizes[i]);
            if (starts[i] < 0 || sizes[i] < 0 || (long)starts[i] + sizes[i] > members.Length || total > members.Length)
            {
                throw tree.Fault($"The categories of node {nodes[i]} are out of range.");
            }

            setOfNode[nodes[i]] = sets.Count;
            sets.Add(new ValueSet(members.Skip(starts[i]).Take(sizes[i]).Select(member => (float)member)));
        }

        return setOfNode;
    }
}
