using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.LightGbm;

/// <summary>Reads one tree of a LightGBM text model. Children follow the same convention as ours.</summary>
/// <remarks>
/// decision_type: bit 0 categorical, bit 1 default left, bits 2-3 the kind of missing value (0 none, 1 zero, 2 NaN). NaN
/// becomes 0 unless its kind is NaN, so its way is that of 0 there. Members of a category set go left, NaN right.
/// </remarks>
internal static class LightGbmTree
{
    private const int MissingIsZero = 1;
    private const int MissingIsNan = 2;

    /// <exception cref="ModelFormatException">Arrays of different lengths, or linear leaves.</exception>
    public static Tree Read(LightGbmSection tree, int output)
    {
        if (tree.Has("is_linear") && tree.Integer("is_linear") != 0)
        {
            throw tree.Fault("Linear leaves are not supported.");
        }

        int count = tree.Integer("num_leaves") - 1;
        double[] leafValues = tree.Doubles("leaf_value");
        if (count == 0 && leafValues.Length == 1)
        {
            return new Tree([], leafValues) { Output = output };
        }

        int[] features = tree.Integers("split_feature");
        int[] left = tree.Integers("left_child");
        int[] right = tree.Integers("right_child");
        int[] decisions = tree.Integers("decision_type");
        double[] thresholds = tree.Doubles("threshold");
        if (!new[] { features.Length, left.Length, right.Length, decisions.Length, thresholds.Length }.All(length => length == count))
        {
            throw tree.Fault($"Arrays of different lengths for {count} nodes.");
        }

        var sets = Sets(tree);
        var nodes = new TreeNode[count];
        for (int n = 0; n < count; n++)
        {
            nodes[n] = Node(features[n], decisions[n], thresholds[n], tree) with { Left = left[n], Right = right[n] };
        }

        return new Tree(nodes, leafValues)
        {
            Output = output,
            Sets = sets,
            Gains = Optional(tree, "split_gain", count),
            NodeWeights = Optional(tree, "internal_count", count),
            LeafWeights = Optional(tree, "leaf_count", count + 1),
        };
    }

    private static TreeNode Node(int feature, int decision, double threshold, LightGbmSection tree)
    {
        if ((decision & 1) != 0)
        {
            int set = threshold >= 0 && threshold < int.MaxValue ? (int)threshold : throw tree.Fault($"Category set {threshold}.");
            return new TreeNode { Kind = SplitKind.CategoryIn, Feature = feature, Set = set };
        }

        bool defaultLeft = (decision & 2) != 0;
        int missing = (decision >> 2) & 3;
        return new TreeNode
        {
            Kind = SplitKind.LessOrEqual,
            Feature = feature,
            Threshold = SplitThreshold.ForLessOrEqual(threshold),
            MissingGoesLeft = missing is MissingIsZero or MissingIsNan ? defaultLeft : threshold >= 0,
            ZeroIsMissing = missing == MissingIsZero,
        };
    }

    /// <summary>cat_boundaries cuts cat_threshold into bitsets, 32 categories a word.</summary>
    private static ValueSet[] Sets(LightGbmSection tree)
    {
        if (!tree.Has("num_cat") || tree.Integer("num_cat") == 0)
        {
            return [];
        }

        int[] bounds = tree.Integers("cat_boundaries");
        uint[] words = tree.Words("cat_threshold");
        var sets = new ValueSet[Math.Max(0, bounds.Length - 1)];
        int next = 0;
        for (int s = 0; s < sets.Length; s++)
        {
            if (bounds[s] != next || bounds[s + 1] < bounds[s] || bounds[s + 1] > words.Length)
            {
                throw tree.Fault($"Category set {s} is out of range.");
            }

            next = bounds[s + 1];
            sets[s] = new ValueSet(Members(words.AsSpan(bounds[s]..next).ToArray()));
        }

        return sets;
    }

    private static IEnumerable<float> Members(uint[] words)
    {
        for (int category = 0; category < 32 * words.Length; category++)
        {
            if ((words[category / 32] >> (category % 32) & 1) != 0)
            {
                yield return category;
            }
        }
    }

    private static float[] Optional(LightGbmSection tree, string key, int length)
    {
        double[] values = tree.Has(key) ? tree.Doubles(key) : [];
        return values.Length == length ? values.Select(value => (float)value).ToArray() : [];
    }
}
