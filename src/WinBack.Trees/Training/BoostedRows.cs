using WinBack.Trees.Metrics;

namespace WinBack.Trees.Training;

/// <summary>The held-out rows and their scores, brought up to date tree by tree.</summary>
internal sealed class BoostedRows
{
    private readonly TrainingTable _table;
    private readonly BinnedTable _binned;
    private readonly GradientPass _pass;
    private readonly ParallelOptions _parallel;

    public BoostedRows(
        TrainingTable table, BinnedTable binned, GradientPass pass, double baseScore, ParallelOptions parallel)
    {
        _table = table;
        _binned = binned;
        _parallel = parallel;
        _pass = pass;
        Scores = new double[table.RowCount];
        Array.Fill(Scores, baseScore);
    }

    /// <summary>In units of the objective's score, shape [rows].</summary>
    public double[] Scores { get; }

    public void Add(GrownTree tree) => tree.AddTo(Scores, _binned, _parallel);

    public double Loss() => _pass.Loss(Scores, _parallel);

    public double Auc() => RocAuc.Compute(Scores, _table.Labels, _table.Weights);
}
