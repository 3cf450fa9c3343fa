using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Scores blocks of 64 binned rows.</summary>
internal abstract class BlockScorer
{
    public const int Rows = 64;

    /// <summary>Leaves whose values fit four registers.</summary>
    public const int RegisterLeaves = 32;

    /// <summary>Slots of a walk; deeper trees are scored row by row.</summary>
    public const int MaxSlots = 64;

    /// <summary>Writes the raw scores of one block.</summary>
    /// <param name="rows">Shape [count * F], row by row.</param>
    /// <param name="count">Rows, at most 64.</param>
    /// <param name="scores">Shape [count * outputs], row by row; the outputs of the ensembles one after the other.</param>
    public abstract void Score(ReadOnlySpan<float> rows, int count, Span<double> scores);

    /// <summary>Null when bins or leaves do not fit 16 bits, or a tree is deeper than 62 questions.</summary>
    /// <param name="path">One that the processor has.</param>
    public static BlockScorer? TryCreate(IReadOnlyList<TreeEnsemble> ensembles, ScoringPath path)
    {
        var trees = ensembles.SelectMany(ensemble => ensemble.Trees).ToArray();
        if (trees.Any(tree => tree.Depth() + 2 > MaxSlots))
        {
            return null;
        }

        var layout = new BinLayout(ensembles, path);
        int largest = Math.Max(layout.MaxBin, trees.Select(tree => tree.LeafCount).DefaultIfEmpty().Max());
        return largest <= byte.MaxValue ? new BlockScorer<byte>(ensembles, layout, path)
            : largest <= ushort.MaxValue ? new BlockScorer<ushort>(ensembles, layout, path)
            : null;
    }
}
