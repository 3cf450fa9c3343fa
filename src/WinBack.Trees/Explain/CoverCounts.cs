using WinBack.Trees.Ensemble;
using WinBack.Trees.Scoring;

namespace WinBack.Trees.Explain;

/// <summary>Counts how many rows of a table reach each leaf, for models whose files do not say so.</summary>
public static class CoverCounts
{
    /// <summary>The same trees with <see cref="Tree.LeafWeights"/> and <see cref="Tree.NodeWeights"/> counted on the rows.</summary>
    /// <param name="ensemble">Scores stay the same.</param>
    /// <param name="rows">Each of shape [F]; the rows that the expectation is to be taken over.</param>
    /// <exception cref="ArgumentException">There is no row, or one has another length.</exception>
    public static TreeEnsemble Count(TreeEnsemble ensemble, IReadOnlyList<float[]> rows)
    {
        if (rows.Count == 0 || rows.Any(row => row.Length != ensemble.FeatureCount))
        {
            throw new ArgumentException($"At least one row is needed, each with {ensemble.FeatureCount} features.");
        }

        return new TreeEnsemble(
            ensemble.FeatureNames,
            ensemble.Trees.Select(tree => Counted(tree, rows)).ToArray(),
            ensemble.Link,
            ensemble.BaseScores.ToArray(),
            ensemble.Divisor,
            ensemble.Precision);
    }

    private static Tree Counted(Tree tree, IReadOnlyList<float[]> rows)
    {
        var leaves = new float[tree.LeafCount];
        foreach (float[] row in rows)
        {
            leaves[ReferenceScorer.Leaf(tree, row)]++;
        }

        return new Tree(tree.Nodes.ToArray(), tree.LeafValues.ToArray())
        {
            Sets = tree.Sets,
            Output = tree.Output,
            Gains = tree.Gains,
            LeafIds = tree.LeafIds,
            LeafWeights = leaves,
            NodeWeights = LeafPaths.NodeWeights(tree, leaves).Select(weight => (float)weight).ToArray(),
        };
    }
}
