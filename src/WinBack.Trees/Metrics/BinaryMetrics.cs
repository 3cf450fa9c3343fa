namespace WinBack.Trees.Metrics;

/// <summary>The figures by which a binary classifier is judged.</summary>
/// <param name="Rows">Rows judged.</param>
/// <param name="BaseRate">Weighted share of positives.</param>
/// <param name="Auc">See <see cref="RocAuc"/>.</param>
/// <param name="LogLoss">Nats a row, see <see cref="Metrics.LogLoss"/>.</param>
/// <param name="Brier">See <see cref="BrierScore"/>.</param>
/// <param name="ExpectedCalibrationError">Over ten ranges, see <see cref="CalibrationTable"/>.</param>
public sealed record BinaryMetrics(int Rows, double BaseRate, double Auc, double LogLoss, double Brier, double ExpectedCalibrationError)
    : ModelMetrics(Rows)
{
    public override IReadOnlyList<KeyValuePair<string, double>> Figures =>
    [
        new("rows", Rows), new("base_rate", BaseRate), new("auc", Auc), new("log_loss", LogLoss), new("brier", Brier),
        new("ece", ExpectedCalibrationError),
    ];

    /// <param name="probabilities">Shape [rows]; 0 to 1.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or there is no row.</exception>
    public static BinaryMetrics Compute(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        double positives = 0;
        double total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double weight = Observations.Weight(weights, i);
            positives += weight * labels[i];
            total += weight;
        }

        return new BinaryMetrics(
            labels.Length,
            positives / total,
            RocAuc.Compute(probabilities, labels, weights),
            Metrics.LogLoss.Compute(probabilities, labels, weights),
            BrierScore.Compute(probabilities, labels, weights),
            CalibrationTable.Create(probabilities, labels, weights).ExpectedCalibrationError);
    }
}
