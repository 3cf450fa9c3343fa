using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>A finished tree with what boosting needs next to it.</summary>
/// <param name="Tree">Leaf values are in raw-score units, learning rate applied.</param>
/// <param name="Splits">The split of each node, for binned rows.</param>
/// <param name="Steps">Leaf values in units of the objective's score, by leaf number.</param>
/// <param name="Leaves">The leaves, by leaf number.</param>
internal sealed record GrownTree(Tree Tree, SplitCandidate[] Splits, double[] Steps, IReadOnlyList<GrowingLeaf> Leaves)
{
    /// <summary>Adds the step of each row's leaf to its score.</summary>
    public void AddTo(double[] scores, BinnedTable table, ParallelOptions parallel)
    {
        const int chunkRows = 4096;
        Parallel.For(0, (scores.Length + chunkRows - 1) / chunkRows, parallel, chunk =>
        {
            int end = Math.Min(scores.Length, (chunk + 1) * chunkRows);
            for (int row = chunk * chunkRows; row < end; row++)
            {
                scores[row] += Steps[LeafOf(table, row)];
            }
        });
    }

    /// <summary>The leaf that a row of a binned table reaches.</summary>
    public int LeafOf(BinnedTable table, int row)
    {
        if (Splits.Length == 0)
        {
            return 0;
        }

        int at = 0;
        while (at >= 0)
        {
            ref readonly var split = ref Splits[at];
            int bin = table.BinOf(split.Slot, row);
            at = split.GoesLeft(bin) ? Tree.Nodes[at].Left : Tree.Nodes[at].Right;
        }

        return ~at;
    }
}
