using System.Runtime.Intrinsics.X86;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Scores many rows by one or several ensembles over the same features. Safe for concurrent use.</summary>
/// <remarks>
/// Rows are cut into bins once for all ensembles, 64 at a time, and every node answers for all 64 in one comparison. Much
/// faster a row than <see cref="RowScorer"/>, with the same bits; for a handful of rows take that one.
/// </remarks>
public sealed class BatchScorer
{
    private readonly TreeEnsemble[] _ensembles;
    private readonly BlockScorer? _blocks;
    private readonly RowScorer[] _rowScorers;
    private readonly int _featureCount;

    /// <param name="ensembles">At least one.</param>
    /// <param name="path">Automatic is the fastest that the processor has; another that it lacks gives way to the next below.</param>
    /// <exception cref="ArgumentException">There is no ensemble, or they have different features.</exception>
    public BatchScorer(IReadOnlyList<TreeEnsemble> ensembles, ScoringPath path = ScoringPath.Automatic)
    {
        if (ensembles.Count == 0 || ensembles.Any(e => !e.FeatureNames.SequenceEqual(ensembles[0].FeatureNames, StringComparer.Ordinal)))
        {
            throw new ArgumentException("Ensembles that are scored together must have the same features in the same order.");
        }

        _ensembles = ensembles.ToArray();
        _featureCount = _ensembles[0].FeatureCount;
        OutputCount = _ensembles.Sum(ensemble => ensemble.OutputCount);
        Path = Available(path);
        _blocks = Path == ScoringPath.Reference ? null : BlockScorer.TryCreate(_ensembles, Path);
        _rowScorers = _blocks is null ? _ensembles.Select(RowScorer.Create).ToArray() : [];
    }

    /// <summary>The instructions in use.</summary>
    public ScoringPath Path { get; }

    /// <summary>Outputs of all ensembles together.</summary>
    public int OutputCount { get; }

    /// <summary>Writes the raw scores of rows.</summary>
    /// <param name="rows">Shape [rows * F], row by row; missing is NaN.</param>
    /// <param name="scores">Shape [rows * outputs], row by row; the outputs of the ensembles one after the other.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public void RawScores(ReadOnlySpan<float> rows, Span<double> scores)
    {
        int count = scores.Length / OutputCount;
        if (count * OutputCount != scores.Length || rows.Length != (long)count * _featureCount)
        {
            throw new ArgumentException(
                $"{rows.Length} values are no rows of {_featureCount} features for {scores.Length} scores, {OutputCount} a row.");
        }

        for (int from = 0; from < count; from += BlockScorer.Rows)
        {
            int block = Math.Min(BlockScorer.Rows, count - from);
            var source = rows.Slice(from * _featureCount, block * _featureCount);
            var target = scores.Slice(from * OutputCount, block * OutputCount);
            if (_blocks is not null)
            {
                _blocks.Score(source, block, target);
            }
            else
            {
                ScoreOneByOne(source, target);
            }
        }
    }

    private static ScoringPath Available(ScoringPath path) => path switch
    {
        ScoringPath.Reference or ScoringPath.Portable => path,
        not ScoringPath.Avx2 when Avx512BW.IsSupported => ScoringPath.Avx512,
        _ when Avx2.IsSupported => ScoringPath.Avx2,
        _ => ScoringPath.Portable,
    };

    private void ScoreOneByOne(ReadOnlySpan<float> rows, Span<double> scores)
    {
        while (scores.Length > 0)
        {
            foreach (var scorer in _rowScorers)
            {
                scorer.RawScores(rows[.._featureCount], scores[..scorer.Ensemble.OutputCount]);
                scores = scores[scorer.Ensemble.OutputCount..];
            }

            rows = rows[_featureCount..];
        }
    }
}
