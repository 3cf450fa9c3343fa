using BenchmarkDotNet.Attributes;
using WinBack.Trees.Scoring;

namespace WinBack.Bench.Scoring;

/// <summary>One row at a time, 100 trees, by each path. Rows rotate: the same row again would teach the branch predictor.</summary>
[MemoryDiagnoser]
public class RowScorerBenchmarks
{
    private TrainedRows _rows = null!;
    private RowScorer _scorer = null!;

    [Params(28, 40)]
    public int Features { get; set; }

    [Params(8, 20, 32)]
    public int Leaves { get; set; }

    [Params(ScoringPath.Reference, ScoringPath.Portable, ScoringPath.Avx2, ScoringPath.Avx512)]
    public ScoringPath Path { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _rows = new TrainedRows(Features, Leaves);
        _scorer = RowScorer.TryCreate(_rows.Ensemble, Path) ?? throw new NotSupportedException($"{Path} is not for this processor.");
    }

    [Benchmark(OperationsPerInvoke = TrainedRows.Count)]
    public double RawScore()
    {
        double sum = 0;
        for (int at = 0; at < _rows.Flat.Length; at += Features) sum += _scorer.RawScore(_rows.Flat.AsSpan(at, Features));
        return sum;
    }
}
