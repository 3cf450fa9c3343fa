using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Scores blocks of 64 binned rows; bins and leaf numbers are bytes or 16-bit integers.</summary>
internal sealed class BlockScorer<T> : BlockScorer
    where T : unmanaged, INumberBase<T>
{
    private readonly BinTrees<T>[] _models;
    private readonly BinFiller<T> _filler;
    private readonly bool _isWide;
    private readonly int _outputs;

    public BlockScorer(IReadOnlyList<TreeEnsemble> ensembles, BinLayout layout, ScoringPath path)
    {
        _isWide = path == ScoringPath.Avx512;
        _models = ensembles.Select(ensemble => new BinTrees<T>(ensemble, layout)).ToArray();
        _filler = new BinFiller<T>(layout, ensembles[0].FeatureCount);
        _outputs = ensembles.Sum(ensemble => ensemble.OutputCount);
    }

    [SkipLocalsInit]
    public override void Score(ReadOnlySpan<float> rows, int count, Span<double> scores)
    {
        T[] bins = ArrayPool<T>.Shared.Rent(_filler.Width * Rows);
        _filler.Fill(rows, count, bins);
        Span<T> leaves = stackalloc T[Rows];
        Span<double> sums = stackalloc double[Rows];
        int first = 0;
        foreach (var model in _models)
        {
            for (int output = 0; output < model.Ensemble.OutputCount; output++)
            {
                AddUp(model, output, bins, leaves, sums);
                for (int row = 0; row < count; row++)
                {
                    scores[(row * _outputs) + first + output] = model.Ensemble.Finish(sums[row]);
                }
            }

            first += model.Ensemble.OutputCount;
        }

        ArrayPool<T>.Shared.Return(bins);
    }

    private void AddUp(BinTrees<T> model, int output, T[] bins, Span<T> leaves, Span<double> sums)
    {
        var ensemble = model.Ensemble;
        bool isSingle = ensemble.Precision == ScorePrecision.SingleSums;
        sums.Fill(isSingle ? (float)ensemble.BaseScores[output] : ensemble.BaseScores[output]);
        for (int t = 0; t < ensemble.Trees.Count; t++)
        {
            if (ensemble.Trees[t].Output != output)
            {
                continue;
            }

            var nodes = model.Nodes.AsSpan(model.FirstNode[t]..model.FirstNode[t + 1]);
            var values = model.LeafValues.AsSpan(t * model.Stride, model.Stride);
            if (_isWide)
            {
                BinWalk.Leaves512(nodes, bins, leaves);
            }
            else
            {
                BinWalk.Leaves256(nodes, bins, leaves);
            }

            if (_isWide && model.Stride == RegisterLeaves && typeof(T) == typeof(byte))
            {
                LeafSums.Add512(MemoryMarshal.Cast<T, byte>(leaves), values, sums, isSingle);
            }
            else if (isSingle)
            {
                LeafSums.AddSingle(leaves, values, sums);
            }
            else
            {
                LeafSums.Add(leaves, values, sums);
            }
        }
    }
}
