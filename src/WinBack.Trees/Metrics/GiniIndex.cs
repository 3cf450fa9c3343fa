namespace WinBack.Trees.Metrics;

/// <summary>How well predictions order amounts: the area between Lorenz curve and diagonal over the largest possible.</summary>
public static class GiniIndex
{
    /// <param name="predictions">Shape [rows]; only the order matters, ties share.</param>
    /// <param name="labels">Shape [rows].</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <returns>-1 to 1; NaN when all labels are equal.</returns>
    public static double Compute(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var perfect = new double[labels.Length];
        for (int i = 0; i < perfect.Length; i++)
        {
            perfect[i] = labels[i];
        }

        return Area(predictions, labels, weights) / Area(perfect, labels, weights);
    }

    /// <summary>Mean rank of the labels' mass, centred and unscaled; rows of equal prediction take their common rank.</summary>
    private static double Area(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var sorted = predictions.ToArray();
        var rows = new int[sorted.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort(sorted, rows);
        double before = 0, mass = 0, ranked = 0;
        for (int start = 0; start < rows.Length;)
        {
            double tiedWeight = 0, tiedMass = 0;
            int end = start;
            for (; end < rows.Length && sorted[end].Equals(sorted[start]); end++)
            {
                double weight = Observations.Weight(weights, rows[end]);
                tiedWeight += weight;
                tiedMass += weight * labels[rows[end]];
            }

            ranked += tiedMass * (before + (tiedWeight / 2));
            mass += tiedMass;
            before += tiedWeight;
            start = end;
        }

        return ranked - (mass * before / 2);
    }
}
