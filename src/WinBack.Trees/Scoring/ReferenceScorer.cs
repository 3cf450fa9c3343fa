using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The naive scorer: walks each tree node by node, exactly as <see cref="SplitKind"/> words it.</summary>
/// <remarks>
/// Slow and obviously right. It is the oracle of every fast path, writes the golden rows of our model files, and scores
/// the rare ensembles that are too large for <see cref="FlatScorer"/>.
/// </remarks>
public sealed class ReferenceScorer(TreeEnsemble ensemble) : RowScorer(ensemble)
{
    /// <summary>LightGBM's kZeroThreshold: values this close to zero count as zero.</summary>
    internal const float ZeroThreshold = 1e-35f;

    public override ScoringPath Path => ScoringPath.Reference;

    /// <summary>The leaf of one tree that a row reaches.</summary>
    public static int Leaf(Tree tree, ReadOnlySpan<float> features)
    {
        if (tree.Nodes.Length == 0)
        {
            return 0;
        }

        int at = 0;
        while (at >= 0)
        {
            ref readonly var node = ref tree.Nodes[at];
            at = GoesLeft(tree, node, features) ? node.Left : node.Right;
        }

        return ~at;
    }

    private protected override void LeafValues(ReadOnlySpan<float> features, Span<double> byTree)
    {
        for (int t = 0; t < byTree.Length; t++)
        {
            byTree[t] = Ensemble.Trees[t].LeafValues[Leaf(Ensemble.Trees[t], features)];
        }
    }

    private protected override void LeafNumbers(ReadOnlySpan<float> features, Span<int> byTree)
    {
        for (int t = 0; t < byTree.Length; t++)
        {
            byTree[t] = Leaf(Ensemble.Trees[t], features);
        }
    }

    /// <summary>Whether a row goes left at a node.</summary>
    internal static bool GoesLeft(Tree tree, in TreeNode node, ReadOnlySpan<float> features)
    {
        if (node.Kind == SplitKind.AnySlotPositive)
        {
            return !AnyPositive(tree.Sets[node.Set], features);
        }

        float x = features[node.Feature];
        if (float.IsNaN(x) || (!node.HasSet && node.ZeroIsMissing && Math.Abs(x) <= ZeroThreshold))
        {
            return node.MissingGoesLeft;
        }

        return node.Kind switch
        {
            SplitKind.LessOrEqual => x <= node.Threshold,
            SplitKind.LessThan => x < node.Threshold,
            SplitKind.CategoryIn => tree.Sets[node.Set].ContainsCategory(x),
            SplitKind.ValueIn => tree.Sets[node.Set].Contains(x),
            _ => throw new InvalidOperationException($"Unknown split kind {node.Kind}."),
        };
    }

    private static bool AnyPositive(ValueSet slots, ReadOnlySpan<float> features)
    {
        foreach (float slot in slots.Values)
        {
            if (features[(int)slot] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
