using System.Globalization;
using System.Text;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.LightGbm;

/// <summary>One tree as LightGBM's text has it: parallel arrays, children as ours.</summary>
internal static class LightGbmTreeText
{
    private const int Categorical = 1;
    private const int DefaultLeft = 2;
    private const int ZeroIsMissing = 1 << 2;
    private const int NanIsMissing = 2 << 2;

    /// <summary>Larger categories belong to no set, see <see cref="ValueSet.ContainsCategory"/>.</summary>
    private const int CategoryLimit = 1 << 24;

    /// <param name="tree">The tree.</param>
    /// <param name="number">For messages.</param>
    /// <param name="target">For messages.</param>
    /// <exception cref="ConversionException">A node asks what the format cannot.</exception>
    public static string Of(Tree tree, int number, string target)
    {
        var text = new StringBuilder();
        var nodes = tree.Nodes.ToArray();
        Line(text, "num_leaves", [tree.LeafCount]);
        Line(text, "num_cat", [tree.Sets.Count]);
        if (nodes.Length > 0)
        {
            Line(text, "split_feature", nodes.Select(node => node.Feature));
            Line(text, "split_gain", tree.Gains.Length > 0 ? tree.Gains : new float[nodes.Length]);
            Line(text, "threshold", nodes.Select((node, n) => Threshold(node, $"tree {number}, node {n}", target)));
            Line(text, "decision_type", nodes.Select(Decision));
            Line(text, "left_child", nodes.Select(node => node.Left));
            Line(text, "right_child", nodes.Select(node => node.Right));
        }

        if (tree.Sets.Count > 0)
        {
            uint[][] words = tree.Sets.Select(Words).ToArray();
            Line(text, "cat_boundaries", words.Aggregate(new List<int> { 0 }, (ends, set) => [.. ends, ends[^1] + set.Length]));
            Line(text, "cat_threshold", words.SelectMany(set => set));
        }

        Line(text, "leaf_value", tree.LeafValues.ToArray());
        Optional(text, "leaf_count", tree.LeafWeights);
        Optional(text, "internal_count", tree.NodeWeights);
        Line(text, "is_linear", [0]);
        Line(text, "shrinkage", [1]);
        return text.Append('\n').ToString();
    }

    private static double Threshold(TreeNode node, string where, string target)
    {
        switch (node.Kind)
        {
            case SplitKind.LessOrEqual:
                return node.Threshold;
            case SplitKind.LessThan:
                // The last double below: no float lies between, and doubles go the same way too.
                return float.IsNegativeInfinity(node.Threshold)
                    ? throw new ConversionException(target, $"{where} asks for values below minus infinity")
                    : Math.BitDecrement((double)node.Threshold);
            case SplitKind.CategoryIn when !node.MissingGoesLeft:
                return node.Set;
            case SplitKind.CategoryIn:
                throw new ConversionException(target, $"{where} sends missing values with the categories of its set");
            default:
                throw new ConversionException(target, $"{where} asks for exact values, which its category sets are not");
        }
    }

    private static int Decision(TreeNode node) => node.HasSet
        ? Categorical
        : (node.ZeroIsMissing ? ZeroIsMissing : NanIsMissing) | (node.MissingGoesLeft ? DefaultLeft : 0);

    private static uint[] Words(ValueSet set)
    {
        int[] categories = set.Values.ToArray().Where(value => value >= 0 && value < CategoryLimit && value == MathF.Truncate(value))
            .Select(value => (int)value).ToArray();
        var words = new uint[categories.Length == 0 ? 1 : (categories[^1] / 32) + 1];
        foreach (int category in categories)
        {
            words[category / 32] |= 1u << (category % 32);
        }

        return words;
    }

    private static void Optional(StringBuilder text, string name, float[] counts)
    {
        if (counts.Length > 0)
        {
            Line(text, name, counts.Select(count => (long)Math.Round(count)));
        }
    }

    private static void Line<T>(StringBuilder text, string name, IEnumerable<T> values)
        where T : IFormattable =>
        text.Append(name).Append('=').AppendJoin(' ', values.Select(v => v.ToString(null, CultureInfo.InvariantCulture))).Append('\n');
}
