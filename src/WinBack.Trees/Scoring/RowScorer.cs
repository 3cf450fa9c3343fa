using System.Buffers;
using System.Runtime.CompilerServices;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Scores single rows. Allocates nothing; safe for concurrent use; the same bits whatever the path.</summary>
public abstract class RowScorer
{
    private const int StackTrees = 512;

    private protected RowScorer(TreeEnsemble ensemble)
    {
        Ensemble = ensemble;
    }

    public TreeEnsemble Ensemble { get; }

    /// <summary>How it scores.</summary>
    public abstract ScoringPath Path { get; }

    /// <summary>Prepares an ensemble by the fastest path that the processor and the size of the trees allow.</summary>
    /// <remarks>Which one is faster was measured, see docs/PERFORMANCE.md.</remarks>
    public static RowScorer Create(TreeEnsemble ensemble)
    {
        if (AnswerScorer.TryPrepare(ensemble, ScoringPath.Avx512) is { } wide)
        {
            return wide;
        }

        return AnswerScorer.TryPrepare(ensemble, ScoringPath.Avx2) is { BeatsPortable: true } narrow ? narrow
            : (RowScorer?)FlatScorer.TryCreate(ensemble) ?? new ReferenceScorer(ensemble);
    }

    /// <summary>Prepares an ensemble by one path, or gives null when the processor or the ensemble does not allow it.</summary>
    public static RowScorer? TryCreate(TreeEnsemble ensemble, ScoringPath path) => path switch
    {
        ScoringPath.Automatic => Create(ensemble),
        ScoringPath.Reference => new ReferenceScorer(ensemble),
        ScoringPath.Portable => FlatScorer.TryCreate(ensemble),
        _ => AnswerScorer.TryPrepare(ensemble, path),
    };

    /// <summary>The raw score of a single-output ensemble.</summary>
    /// <param name="features">Shape [F] in <see cref="TreeEnsemble.FeatureNames"/> order; missing is NaN.</param>
    /// <exception cref="ArgumentException">The row has another length, or the ensemble has several outputs.</exception>
    public double RawScore(ReadOnlySpan<float> features)
    {
        double score = 0;
        RawScores(features, new Span<double>(ref score));
        return score;
    }

    /// <summary>Writes the raw score of each output.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <param name="scores">Shape [outputs].</param>
    /// <exception cref="ArgumentException">A length does not match the ensemble.</exception>
    [SkipLocalsInit]
    public void RawScores(ReadOnlySpan<float> features, Span<double> scores)
    {
        Lengths.Check(Ensemble, features, scores.Length, Ensemble.OutputCount);
        int trees = Ensemble.Trees.Count;
        double[]? rented = trees <= StackTrees ? null : ArrayPool<double>.Shared.Rent(trees);
        Span<double> values = rented is null ? stackalloc double[StackTrees] : rented;
        values = values[..trees];
        LeafValues(features, values);
        Ensemble.Sum(values, scores);
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Writes the leaf that the row reaches in each tree.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <param name="leaves">Shape [trees].</param>
    /// <exception cref="ArgumentException">A length does not match the ensemble.</exception>
    public void Leaves(ReadOnlySpan<float> features, Span<int> leaves)
    {
        Lengths.Check(Ensemble, features, leaves.Length, Ensemble.Trees.Count);
        LeafNumbers(features, leaves);
    }

    /// <summary>Writes the value of the leaf that the row reaches in each tree.</summary>
    private protected abstract void LeafValues(ReadOnlySpan<float> features, Span<double> byTree);

    /// <summary>Writes the number of the leaf that the row reaches in each tree.</summary>
    private protected abstract void LeafNumbers(ReadOnlySpan<float> features, Span<int> byTree);
}
