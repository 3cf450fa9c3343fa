using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;

namespace WinBack.Trees.Training;

/// <summary>What a calibration found on the held-out part.</summary>
/// <param name="Kind">The form that was fitted.</param>
/// <param name="Link">Fitted on all held-out rows.</param>
/// <param name="Rows">Held-out rows.</param>
/// <param name="EceBefore">Expected calibration error of the objective's own link, see <see cref="CalibrationTable"/>.</param>
/// <param name="EceAfter">
/// The same with calibration, each row judged by a link that was fitted on the other rows (five seeded parts): on the rows
/// it was fitted on a calibration always looks right. NaN when a class has fewer than two rows.
/// </param>
public sealed record CalibrationOutcome(CalibrationKind Kind, Link Link, int Rows, double EceBefore, double EceAfter)
{
    private const int Parts = 5;

    /// <param name="kind">Not None.</param>
    /// <param name="uncalibrated">The link of the objective.</param>
    /// <param name="scores">Shape [rows]; raw scores of <paramref name="table"/>.</param>
    /// <param name="table">Held-out rows, labels 0 or 1.</param>
    /// <param name="seed">Parts the rows for <paramref name="kind"/>'s own judgement.</param>
    /// <exception cref="ArgumentException">There is nothing to fit, for instance only one class.</exception>
    internal static CalibrationOutcome Fit(CalibrationKind kind, Link uncalibrated, double[] scores, TrainingTable table, ulong seed)
    {
        var before = (double[])scores.Clone();
        uncalibrated.Apply(before);
        return new CalibrationOutcome(
            kind,
            FitTo(kind, scores, table, Enumerable.Range(0, scores.Length).ToArray()),
            scores.Length,
            Ece(before, table),
            CrossFitted(kind, scores, table, seed) is { } after ? Ece(after, table) : double.NaN);
    }

    /// <summary>Null when a class has a single row: then some part would leave none of it to fit on.</summary>
    private static double[]? CrossFitted(CalibrationKind kind, double[] scores, TrainingTable table, ulong seed)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        new SeededSequence(seed).Shuffle(order);
        var byClass = order.OrderBy(row => table.Labels[row]).ToArray();
        int positives = order.Count(row => table.Labels[row] == 1);
        if (Math.Min(positives, order.Length - positives) < 2) return null;
        var after = (double[])scores.Clone();
        for (int part = 0; part < Parts; part++)
        {
            var link = FitTo(kind, scores, table, byClass.Where((_, place) => place % Parts != part).Order().ToArray());
            for (int place = part; place < byClass.Length; place += Parts)
            {
                link.Apply(after.AsSpan(byClass[place], 1));
            }
        }

        return after;
    }

    private static Link FitTo(CalibrationKind kind, double[] scores, TrainingTable table, int[] rows)
    {
        double[] fitted = rows.Select(row => scores[row]).ToArray();
        float[] labels = rows.Select(row => table.Labels[row]).ToArray();
        float[] weights = table.Weights.Length == 0 ? [] : rows.Select(row => table.Weights[row]).ToArray();
        return kind switch
        {
            CalibrationKind.Platt => PlattCalibration.Fit(fitted, labels, weights),
            CalibrationKind.Isotonic => IsotonicCalibration.Fit(fitted, labels, weights),
            _ => throw new ArgumentException($"{kind} is no calibration."),
        };
    }

    private static double Ece(double[] probabilities, TrainingTable table) =>
        CalibrationTable.Create(probabilities, table.Labels, table.Weights).ExpectedCalibrationError;
}
