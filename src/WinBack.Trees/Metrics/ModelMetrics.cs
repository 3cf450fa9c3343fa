namespace WinBack.Trees.Metrics;

/// <summary>The figures by which a model is judged on some rows.</summary>
/// <param name="Rows">Rows judged.</param>
public abstract record ModelMetrics(int Rows)
{
    /// <summary>By name, in a fixed order, as manifests hold them.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, double>> Figures { get; }

    /// <summary>Judges predictions as what they are.</summary>
    /// <param name="areProbabilities">Whether labels are 0 or 1 and predictions the probability of 1.</param>
    /// <param name="predictions">Shape [rows].</param>
    /// <param name="labels">Shape [rows].</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not allowed, or there is no row.</exception>
    public static ModelMetrics Compute(
        bool areProbabilities, ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) =>
        areProbabilities
            ? BinaryMetrics.Compute(predictions, labels, weights)
            : RegressionMetrics.Compute(predictions, labels, weights);
}
