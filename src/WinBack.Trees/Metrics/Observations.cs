namespace WinBack.Trees.Metrics;

/// <summary>Argument checks shared by the metrics.</summary>
internal static class Observations
{
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or there is no row.</exception>
    public static void Check(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        CheckLengths(predictions.Length, labels.Length, weights.Length);
        foreach (float label in labels)
        {
            if (label is not (0 or 1))
            {
                throw new ArgumentException($"Label {label} is neither 0 nor 1.");
            }
        }
    }

    /// <exception cref="ArgumentException">Lengths differ, or there is no row.</exception>
    public static void CheckLengths(int predictions, int labels, int weights)
    {
        if (predictions == 0)
        {
            throw new ArgumentException("A metric needs at least one row.");
        }

        if (labels != predictions || (weights != 0 && weights != predictions))
        {
            throw new ArgumentException(
                $"{predictions} predictions, {labels} labels and {weights} weights (0 = all 1) do not belong together.");
        }
    }

    public static double Weight(ReadOnlySpan<float> weights, int row) => weights.Length == 0 ? 1 : weights[row];
}
