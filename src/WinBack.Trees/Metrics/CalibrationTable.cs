namespace WinBack.Trees.Metrics;

/// <summary>Says whether a probability of 0.3 means three in ten: predicted against observed rates, by equal ranges.</summary>
public sealed class CalibrationTable
{
    private CalibrationTable(IReadOnlyList<CalibrationRow> rows, double expectedCalibrationError)
    {
        Rows = rows;
        ExpectedCalibrationError = expectedCalibrationError;
    }

    public IReadOnlyList<CalibrationRow> Rows { get; }

    /// <summary>ECE: the mean distance of predicted and observed rate, weighted by rows; 0 is perfect.</summary>
    public double ExpectedCalibrationError { get; }

    /// <param name="probabilities">Shape [rows]; 0 to 1.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <param name="ranges">Number of equal-width ranges, 2 to 1000.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, there is no row, or a value is out of range.</exception>
    public static CalibrationTable Create(
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<float> labels,
        ReadOnlySpan<float> weights = default,
        int ranges = 10)
    {
        Observations.Check(probabilities, labels, weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(ranges, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ranges, 1000);
        var weight = new double[ranges];
        var predicted = new double[ranges];
        var observed = new double[ranges];
        for (int i = 0; i < probabilities.Length; i++)
        {
            double p = probabilities[i];
            if (!(p >= 0 && p <= 1))
            {
                throw new ArgumentException($"Row {i}: {p} is not a probability.");
            }

            int range = Math.Min((int)(p * ranges), ranges - 1);
            double w = Observations.Weight(weights, i);
            weight[range] += w;
            predicted[range] += w * p;
            observed[range] += w * labels[i];
        }

        double total = weight.Sum();
        double error = 0;
        var rows = new CalibrationRow[ranges];
        for (int r = 0; r < ranges; r++)
        {
            error += Math.Abs(predicted[r] - observed[r]) / total;
            rows[r] = new CalibrationRow(
                (double)r / ranges, (r + 1.0) / ranges, weight[r], predicted[r] / weight[r], observed[r] / weight[r]);
        }

        return new CalibrationTable(rows, error);
    }
}
