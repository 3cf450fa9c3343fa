using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Text inputs that become keys, and number inputs that are cut to categories, as we write them.</summary>
internal static class OnnxLabels
{
    /// <summary>Where(mask, Floor(x), x): marks the features that are cut to integers.</summary>
    public static IReadOnlyList<SlotSource> Cut(
        OnnxGraph graph, OnnxNode where, OnnxNode floor, IReadOnlyList<SlotSource> source, HashSet<OnnxNode> known, HashSet<SlotSource> floored)
    {
        known.Add(floor);
        var mask = graph.ConstantOrNull(where.Inputs[0])?.Values ?? [];
        if (mask.Count != source.Count)
        {
            throw where.Fault($"A mask of {mask.Count} for {source.Count} features.");
        }

        floored.UnionWith(source.Where((_, i) => mask[i] != 0));
        return source;
    }

    /// <summary>A LabelEncoder that gives 1, 2, 3... for its terms and 0 for others.</summary>
    public static SlotSource Key(OnnxGraph graph, OnnxNode encoder, InputCollector collector)
    {
        string input = encoder.Inputs.FirstOrDefault() ?? "";
        var terms = encoder.Texts("keys_strings");
        var values = encoder.Numbers("values_floats");
        bool counts = values.Count == terms.Count && !values.Where((value, i) => value != i + 1).Any();
        if (!counts || encoder.Numbers("default_float") is not [0] || graph.Inputs.FindIndex(known => known.Name == input) < 0)
        {
            throw encoder.Fault("Only text inputs encoded as 1, 2, 3... with the default 0 are supported.");
        }

        return new SlotSource(input, -1, collector.Lookup(input, new Vocabulary(terms), graph.Fault), SlotSource.WholeKey, []);
    }

    /// <summary>Exact values of a feature that was cut to integers are categories of the feature as it came.</summary>
    /// <exception cref="ModelFormatException">It is also compared as a number, which the cut changes.</exception>
    public static OnnxTrees WithCategories(OnnxNode node, OnnxTrees trees, bool[] isCut)
    {
        if (!isCut.Contains(true))
        {
            return trees;
        }

        var made = trees.Trees.Select(tree => new Tree(tree.Nodes.ToArray().Select(Category).ToArray(), tree.LeafValues.ToArray())
        {
            Output = tree.Output,
            Sets = tree.Sets,
            LeafIds = tree.LeafIds,
        });
        return trees with { Trees = made.ToArray() };

        TreeNode Category(TreeNode split) => !isCut[split.Feature] ? split
            : split.Kind == SplitKind.ValueIn ? split with { Kind = SplitKind.CategoryIn }
            : throw node.Fault($"Feature {split.Feature} is cut to integers and compared as a number.");
    }
}
