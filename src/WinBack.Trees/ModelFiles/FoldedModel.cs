using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>A model whose preparation of inputs has moved into its trees, for formats that know nothing but trees.</summary>
/// <remarks>
/// Nothing is approximated. A replaced missing value becomes the direction that the replacement takes; a scale moves the
/// threshold to the last float whose scaled value still goes the same way; a one-hot slot becomes the question whether the
/// column has that value. Trees keep their shape, so leaves keep their numbers.
/// </remarks>
internal sealed class FoldedModel
{
    private FoldedModel(TreeEnsemble ensemble, IReadOnlyList<FoldedColumn> columns)
    {
        (Ensemble, Columns) = (ensemble, columns);
    }

    /// <summary>Its features are <see cref="Columns"/>.</summary>
    public TreeEnsemble Ensemble { get; }

    public IReadOnlyList<FoldedColumn> Columns { get; }

    /// <param name="model">Any model.</param>
    /// <param name="target">For messages.</param>
    /// <exception cref="ConversionException">A node asks several columns at once, which one node over columns cannot.</exception>
    public static FoldedModel Of(TreeModel model, string target)
    {
        CheckCategories(model, target);
        var columns = new List<FoldedColumn>();
        var ofNumber = new int[model.Columns.Count];
        for (int c = 0; c < ofNumber.Length; c++)
        {
            ofNumber[c] = columns.Count;
            if (!model.Columns[c].IsText)
            {
                columns.Add(new FoldedColumn(model.Columns[c].Name, c, null));
            }
        }

        var lookups = model.Inputs?.Lookups ?? [];
        var ofLookup = new int[lookups.Count];
        for (int l = 0; l < ofLookup.Length; l++)
        {
            var (column, terms) = lookups[l];
            ofLookup[l] = terms.IsText ? columns.Count : ofNumber[column];
            if (terms.IsText)
            {
                string name = model.Columns[column].Name;
                int before = columns.Count(other => other.Column == column);
                columns.Add(new FoldedColumn(before == 0 ? name : $"{name}#{before + 1}", column, terms));
            }
        }

        var slots = model.Inputs?.Slots ?? model.FeatureNames.Select((name, f) => new SlotSource(name, f, -1, 0, [])).ToArray();
        var fold = new NodeFold(slots, lookups, ofNumber, ofLookup, target);
        var trees = model.Ensemble.Trees.Select((tree, t) => Fold(tree, t, fold)).ToArray();
        var source = model.Ensemble;
        var names = columns.Select(column => column.Name).ToArray();
        return new FoldedModel(
            new TreeEnsemble(names, trees, source.Link, source.BaseScores.ToArray(), source.Divisor, source.Precision), columns);
    }

    /// <summary>The text categories of a model trained here are codes by its manifest, which other formats do not have.</summary>
    public static void CheckCategories(TreeModel model, string target)
    {
        string[] texts = model.Columns.Where(column => model.Inputs is null && column.IsText).Select(column => column.Name).ToArray();
        if (texts.Length > 0)
        {
            throw new ConversionException(target, $"the texts of {string.Join(", ", texts)} are codes by the model's manifest");
        }
    }

    private static Tree Fold(Tree tree, int number, NodeFold fold)
    {
        var nodes = new TreeNode[tree.Nodes.Length];
        var sets = new List<ValueSet>();
        for (int n = 0; n < nodes.Length; n++)
        {
            nodes[n] = fold.Apply(tree, tree.Nodes[n], sets, $"tree {number}, node {n}");
        }

        // Where no set was made anew their numbering stays, so that a file that is read and written is the same file.
        bool keepsSets = sets.Count <= tree.Sets.Count && nodes.Zip(tree.Nodes.ToArray()).All(pair => !pair.First.HasSet || SameSet(pair));
        return new Tree(keepsSets ? WithSets(nodes, tree) : nodes, tree.LeafValues.ToArray())
        {
            Output = tree.Output,
            Sets = keepsSets ? tree.Sets : sets,
            Gains = tree.Gains,
            NodeWeights = tree.NodeWeights,
            LeafWeights = tree.LeafWeights,
            LeafIds = tree.LeafIds,
        };

        bool SameSet((TreeNode Folded, TreeNode Source) pair) =>
            pair.Source.HasSet && ReferenceEquals(sets[pair.Folded.Set], tree.Sets[pair.Source.Set]);
    }

    private static TreeNode[] WithSets(TreeNode[] nodes, Tree tree) =>
        nodes.Select((node, n) => node with { Set = tree.Nodes[n].Set }).ToArray();
}
