namespace WinBack.Trees.Metrics;

/// <summary>The figures by which a model of a mean (counts, amounts) is judged.</summary>
/// <param name="Rows">Rows judged.</param>
/// <param name="MeanLabel">Weighted mean of what happened.</param>
/// <param name="MeanPrediction">Weighted mean of what the model says; equal to <paramref name="MeanLabel"/> when it is right on the whole.</param>
/// <param name="RootMeanSquaredError">In units of the label.</param>
/// <param name="MeanAbsoluteError">In units of the label.</param>
/// <param name="ExplainedShare">1 - squared error / variance of the labels; 0 for the constant, below 0 when worse. NaN for equal labels.</param>
/// <param name="Gini">
/// Order alone: 1 when rows sorted by prediction hold the labels as unequally as rows sorted by label, 0 for chance.
/// </param>
public sealed record RegressionMetrics(
    int Rows,
    double MeanLabel,
    double MeanPrediction,
    double RootMeanSquaredError,
    double MeanAbsoluteError,
    double ExplainedShare,
    double Gini) : ModelMetrics(Rows)
{
    public override IReadOnlyList<KeyValuePair<string, double>> Figures =>
    [
        new("rows", Rows), new("mean_label", MeanLabel), new("mean_prediction", MeanPrediction),
        new("rmse", RootMeanSquaredError), new("mae", MeanAbsoluteError), new("explained_share", ExplainedShare),
        new("gini", Gini),
    ];

    /// <param name="predictions">Shape [rows]; means.</param>
    /// <param name="labels">Shape [rows]; finite.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or there is no row.</exception>
    public static RegressionMetrics Compute(
        ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        Observations.CheckLengths(predictions.Length, labels.Length, weights.Length);
        double total = 0, sumLabel = 0, sumPrediction = 0, squares = 0, absolutes = 0, labelSquares = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double weight = Observations.Weight(weights, i);
            double error = predictions[i] - labels[i];
            total += weight;
            sumLabel += weight * labels[i];
            sumPrediction += weight * predictions[i];
            squares += weight * error * error;
            absolutes += weight * Math.Abs(error);
        }

        double mean = sumLabel / total;
        for (int i = 0; i < labels.Length; i++)
        {
            labelSquares += Observations.Weight(weights, i) * (labels[i] - mean) * (labels[i] - mean);
        }

        return new RegressionMetrics(
            labels.Length,
            mean,
            sumPrediction / total,
            Math.Sqrt(squares / total),
            absolutes / total,
            1 - (squares / labelSquares),
            GiniIndex.Compute(predictions, labels, weights));
    }
}
