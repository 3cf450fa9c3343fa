using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>How a model does on rows that it has not learnt from.</summary>
/// <param name="ConstantLogLoss">Nats a row of always saying the base rate: what a useful model must be below.</param>
internal sealed record Evaluation(
    BinaryMetrics Metrics, double ConstantLogLoss, IReadOnlyList<CalibrationRow> Calibration, IReadOnlyList<LiftRow> Lift)
{
    private const int Parts = 10;

    /// <exception cref="BadInputException">The table lacks features of the model, or is too small.</exception>
    internal static Evaluation Of(TreeEnsemble ensemble, TableFile file)
    {
        TrainingTable table = file.Table;
        if (table.RowCount < Parts)
            throw new BadInputException($"{file.Path} has {table.RowCount} rows; at least {Parts} are needed");
        TrainingTable ordered = TableOrder.As(file, ensemble);
        double[] probabilities = GradientBoostingTrainer.Predictions(ensemble, ordered);
        BinaryMetrics metrics = BinaryMetrics.Compute(probabilities, table.Labels, table.Weights);
        double[] constant = new double[table.RowCount];
        Array.Fill(constant, metrics.BaseRate);
        return new Evaluation(
            metrics,
            LogLoss.Compute(constant, table.Labels, table.Weights),
            CalibrationTable.Create(probabilities, table.Labels, table.Weights).Rows,
            LiftTable.Create(probabilities, table.Labels, Parts));
    }

    /// <summary>Figures by name, for a manifest.</summary>
    internal static void AddTo(IDictionary<string, double> figures, string prefix, ModelMetrics metrics)
    {
        foreach ((string name, double value) in metrics.Figures) figures[$"{prefix}_{name}"] = value;
    }
}
