namespace WinBack.Trees.Metrics;

/// <summary>Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.</summary>
public static class RocAuc
{
    /// <param name="scores">Shape [rows]; only the order matters.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <returns>0 to 1; NaN when only one class is present.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or there is no row.</exception>
    public static double Compute(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        Observations.Check(scores, labels, weights);
        var sorted = scores.ToArray();
        var rows = new int[sorted.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort(sorted, rows);
        double wins = 0;
        double negativesBelow = 0;
        double positives = 0;
        int start = 0;
        while (start < rows.Length)
        {
            double tiedPositives = 0;
            double tiedNegatives = 0;
            int end = start;
            for (; end < rows.Length && sorted[end].Equals(sorted[start]); end++)
            {
                double weight = Observations.Weight(weights, rows[end]);
                tiedPositives += labels[rows[end]] * weight;
                tiedNegatives += (1 - labels[rows[end]]) * weight;
            }

            wins += tiedPositives * (negativesBelow + (tiedNegatives / 2));
            negativesBelow += tiedNegatives;
            positives += tiedPositives;
            start = end;
        }

        return wins / (positives * negativesBelow);
    }
}
