using WinBack.Trees.Metrics;

namespace WinBack.Core.Models;

/// <summary>
/// Whether a model's probabilities still mean what they say, once labels are there. Rows are put into tenths of equal size by
/// prediction; the Hosmer-Lemeshow statistic, sum of (observed - expected)^2 / variance, is about chi-square with ten degrees
/// of freedom for rows the model was not made from. Being sure is not enough: the expected calibration error must also be
/// worse than the manifest's by a practical floor.
/// </summary>
/// <param name="CalibrationError">ECE, 0 to 1.</param>
/// <param name="ReferenceError">Of the manifest; NaN when it has none.</param>
/// <param name="Statistic">Hosmer-Lemeshow.</param>
/// <param name="Threshold">What the statistic may be by chance.</param>
public sealed record CalibrationDrift(
    long Rows, double MeanPrediction, double ObservedRate, double CalibrationError, double ReferenceError, double Statistic, double Threshold)
{
    /// <summary>An error that is worse by less is of no practical weight.</summary>
    public const double Floor = 0.02;

    private const int Groups = 10;

    /// <summary>Smallest variance of a group, so that a model that says 0 or 1 does not divide by zero.</summary>
    private const double LeastVariance = 1e-9;

    public bool IsDrifting =>
        Statistic > Threshold && CalibrationError > (double.IsNaN(ReferenceError) ? 0 : ReferenceError) + Floor;

    /// <summary>ECE on the latest rows that the maker judged the model on; NaN when the manifest has none.</summary>
    /// <param name="metrics">Of the manifest's card.</param>
    public static double ReferenceErrorOf(IReadOnlyDictionary<string, double> metrics) =>
        metrics.TryGetValue("test_ece", out double test) ? test : metrics.GetValueOrDefault("validation_ece", double.NaN);

    /// <param name="probabilities">Shape [rows]; 0 to 1.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="referenceError">ECE that the model had when it was made; NaN when unknown.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is out of range.</exception>
    public static CalibrationDrift Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, double referenceError)
    {
        double error = CalibrationTable.Create(probabilities, labels).ExpectedCalibrationError;
        double[] sorted = probabilities.ToArray();
        float[] outcomes = labels.ToArray();
        Array.Sort(sorted, outcomes);
        int groups = Math.Min(Groups, sorted.Length);
        double statistic = 0, expectedAll = 0, observedAll = 0;
        for (int group = 0; group < groups; group++)
        {
            (double expected, double observed, double variance) = (0, 0, 0);
            for (int i = (int)((long)group * sorted.Length / groups); i < (int)((group + 1L) * sorted.Length / groups); i++)
            {
                expected += sorted[i];
                variance += sorted[i] * (1 - sorted[i]);
                observed += outcomes[i];
            }

            statistic += (observed - expected) * (observed - expected) / Math.Max(LeastVariance, variance);
            (expectedAll, observedAll) = (expectedAll + expected, observedAll + observed);
        }

        return new CalibrationDrift(
            sorted.Length, expectedAll / sorted.Length, observedAll / sorted.Length, error, referenceError, statistic,
            StabilityIndex.ChiSquareQuantile(groups));
    }
}
