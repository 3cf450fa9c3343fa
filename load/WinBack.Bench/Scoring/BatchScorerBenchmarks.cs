using BenchmarkDotNet.Attributes;
using WinBack.Trees.Scoring;

namespace WinBack.Bench.Scoring;

/// <summary>4,096 rows at a time, binning included; one model, and two that share the bins.</summary>
[MemoryDiagnoser]
public class BatchScorerBenchmarks
{
    private TrainedRows _rows = null!;
    private BatchScorer _scorer = null!;
    private double[] _scores = [];

    [Params(28, 40)]
    public int Features { get; set; }

    [Params(1, 2)]
    public int Models { get; set; }

    [Params(ScoringPath.Portable, ScoringPath.Avx2, ScoringPath.Avx512)]
    public ScoringPath Path { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _rows = new TrainedRows(Features, leaves: 20);
        _scorer = new BatchScorer([.. Enumerable.Repeat(_rows.Ensemble, Models)], Path);
        if (_scorer.Path != Path) throw new NotSupportedException($"{Path} is not for this processor.");
        _scores = new double[TrainedRows.Count * _scorer.OutputCount];
    }

    [Benchmark(OperationsPerInvoke = TrainedRows.Count)]
    public double RawScores()
    {
        _scorer.RawScores(_rows.Flat, _scores);
        return _scores[0];
    }
}
