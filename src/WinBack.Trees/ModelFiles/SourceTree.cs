using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles;

/// <summary>Turns trees whose leaves and nodes share one numbering (XGBoost, ONNX) into ours.</summary>
internal static class SourceTree
{
    /// <param name="nodes">All nodes; those the root does not reach are left out.</param>
    /// <param name="root">Index of the root.</param>
    /// <param name="sets">Sets of the categorical nodes.</param>
    /// <param name="output">The output the leaves add to.</param>
    /// <param name="fault">Makes the error for a broken tree.</param>
    /// <exception cref="ModelFormatException">A child is out of range or has two parents.</exception>
    public static Tree Build(
        IReadOnlyList<SourceNode> nodes, int root, IReadOnlyList<ValueSet> sets, int output, Func<string, ModelFormatException> fault)
    {
        int[] place = Place(nodes, root, fault, out var inner, out var leaves);
        var made = inner.Select(n => nodes[n].Split with { Left = place[nodes[n].Split.Left], Right = place[nodes[n].Split.Right] });
        bool hasWeights = !inner.Concat(leaves).Any(n => float.IsNaN(nodes[n].Weight));
        return new Tree(made.ToArray(), leaves.Select(n => nodes[n].Value).ToArray())
        {
            Output = output,
            Sets = sets,
            LeafIds = leaves.Select(n => nodes[n].Id).ToArray(),
            NodeWeights = hasWeights ? inner.Select(n => nodes[n].Weight).ToArray() : [],
            LeafWeights = hasWeights ? leaves.Select(n => nodes[n].Weight).ToArray() : [],
            Gains = inner.Any(n => float.IsNaN(nodes[n].Gain)) ? [] : inner.Select(n => nodes[n].Gain).ToArray(),
        };
    }

    /// <summary>Numbers what the root reaches: nodes from 0, leaves as complements, as <see cref="TreeNode"/> wants them.</summary>
    private static int[] Place(
        IReadOnlyList<SourceNode> nodes, int root, Func<string, ModelFormatException> fault, out List<int> inner, out List<int> leaves)
    {
        inner = [];
        leaves = [];
        var place = new int[nodes.Count];
        var seen = new bool[nodes.Count];
        var open = new Stack<int>();
        open.Push(root);
        while (open.TryPop(out int n))
        {
            if (n < 0 || n >= nodes.Count || seen[n])
            {
                throw fault($"Node {n} is not among the {nodes.Count} of its tree, or has two parents.");
            }

            seen[n] = true;
            if (nodes[n].IsLeaf)
            {
                place[n] = ~leaves.Count;
                leaves.Add(n);
                continue;
            }

            place[n] = inner.Count;
            inner.Add(n);
            open.Push(nodes[n].Split.Right);
            open.Push(nodes[n].Split.Left);
        }

        return place;
    }
}
