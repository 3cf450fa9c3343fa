namespace WinBack.Trees.Metrics;

/// <summary>Mean negative log-likelihood of the labels, in nats a row.</summary>
public static class LogLoss
{
    /// <summary>Probabilities are kept this far from 0 and 1, so that one wrong certainty does not make the mean infinite.</summary>
    public const double Clip = 1e-15;

    /// <param name="probabilities">Shape [rows].</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or there is no row.</exception>
    public static double Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        Observations.Check(probabilities, labels, weights);
        double loss = 0;
        double total = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double p = Math.Clamp(probabilities[i], Clip, 1 - Clip);
            double weight = Observations.Weight(weights, i);
            loss -= weight * Math.Log(labels[i] == 1 ? p : 1 - p);
            total += weight;
        }

        return loss / total;
    }
}
