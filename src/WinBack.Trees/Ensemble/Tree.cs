namespace WinBack.Trees.Ensemble;

/// <summary>One decision tree: inner nodes, leaf values and, where the source knows them, split statistics.</summary>
/// <remarks>
/// Node 0 is the root. A tree without nodes is a single leaf. Nothing is checked here: <see cref="TreeEnsemble"/>
/// validates all trees together, so that one message lists every fault of a file.
/// </remarks>
public sealed class Tree(TreeNode[] nodes, double[] leafValues)
{
    /// <summary>Inner nodes in any order, the root first. The array is owned by the tree and must not be changed.</summary>
    public ReadOnlySpan<TreeNode> Nodes => nodes;

    /// <summary>One value per leaf, added to the raw score of <see cref="Output"/>.</summary>
    public ReadOnlySpan<double> LeafValues => leafValues;

    /// <summary>Sets of the categorical nodes, see <see cref="TreeNode.Set"/>.</summary>
    public IReadOnlyList<ValueSet> Sets { get; init; } = [];

    /// <summary>The output (class) whose score the leaves add to; 0 for single-output models.</summary>
    public int Output { get; init; }

    /// <summary>Loss reduction of each node's split, in the trainer's own unit; empty when unknown.</summary>
    public float[] Gains { get; init; } = [];

    /// <summary>Training weight (rows or hessian) that reached each node; empty when unknown.</summary>
    public float[] NodeWeights { get; init; } = [];

    /// <summary>Training weight (rows or hessian) that reached each leaf; empty when unknown.</summary>
    public float[] LeafWeights { get; init; } = [];

    /// <summary>The numbers by which the source knows the leaves; empty when it counts them as we do.</summary>
    public int[] LeafIds { get; init; } = [];

    public int LeafCount => leafValues.Length;

    /// <summary>The number of comparisons on the longest path; 0 for a single leaf.</summary>
    /// <remarks>Only valid on a tree without cycles, which <see cref="TreeEnsemble"/> guarantees.</remarks>
    public int Depth()
    {
        if (nodes.Length == 0)
        {
            return 0;
        }

        int deepest = 0;
        var open = new Stack<(int Node, int Level)>();
        open.Push((0, 1));
        while (open.TryPop(out var at))
        {
            deepest = Math.Max(deepest, at.Level);
            if (nodes[at.Node].Left >= 0)
            {
                open.Push((nodes[at.Node].Left, at.Level + 1));
            }

            if (nodes[at.Node].Right >= 0)
            {
                open.Push((nodes[at.Node].Right, at.Level + 1));
            }
        }

        return deepest;
    }
}
