using System.Numerics;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The trees of one ensemble, laid out for scoring blocks of binned rows. Leaves are numbered from left to right.</summary>
internal sealed class BinTrees<T>
    where T : unmanaged, INumberBase<T>
{
    private readonly List<BinNode<T>> _nodes = [];

    public BinTrees(TreeEnsemble ensemble, BinLayout layout)
    {
        Ensemble = ensemble;
        int trees = ensemble.Trees.Count;
        Stride = ensemble.Trees.Select(tree => tree.LeafCount).Append(BlockScorer.RegisterLeaves).Max();
        LeafValues = new double[trees * Stride];
        FirstNode = new int[trees + 1];
        for (int t = 0; t < trees; t++)
        {
            int leaves = 0;
            Add(ensemble.Trees[t], layout, ensemble.Trees[t].Nodes.Length == 0 ? ~0 : 0, slot: 0, t * Stride, ref leaves);
            FirstNode[t + 1] = _nodes.Count;
        }

        Nodes = _nodes.ToArray();
    }

    public TreeEnsemble Ensemble { get; }

    public BinNode<T>[] Nodes { get; }

    /// <summary>By tree; one more at the end.</summary>
    public int[] FirstNode { get; }

    /// <summary>Places for leaves per tree.</summary>
    public int Stride { get; }

    /// <summary>By tree and leaf; rounded to float where sums are.</summary>
    public double[] LeafValues { get; }

    private void Add(Tree tree, BinLayout layout, int child, int slot, int place, ref int leaves)
    {
        if (child < 0)
        {
            double value = tree.LeafValues[~child];
            LeafValues[place + leaves] = Ensemble.Precision == ScorePrecision.SingleSums ? (float)value : value;
            leaves++;
            return;
        }

        var node = tree.Nodes[child];
        (int column, int bin) = layout.PlaceOf(tree, node);
        int at = _nodes.Count;
        _nodes.Add(default);
        int before = leaves;
        Add(tree, layout, node.Left, slot + 1, place, ref leaves);
        _nodes[at] = new BinNode<T>(
            column * BlockScorer.Rows, slot, T.CreateTruncating(bin), T.CreateTruncating(leaves - before));
        Add(tree, layout, node.Right, slot, place, ref leaves);
    }
}
