namespace WinBack.Trees.Metrics;

/// <summary>Mean squared difference of probability and label: 0 is perfect, 0.25 is a coin.</summary>
public static class BrierScore
{
    /// <param name="probabilities">Shape [rows].</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or there is no row.</exception>
    public static double Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        Observations.Check(probabilities, labels, weights);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double difference = probabilities[i] - labels[i];
            double weight = Observations.Weight(weights, i);
            sum += weight * difference * difference;
            total += weight;
        }

        return sum / total;
    }
}
