using WinBack.Trees.Metrics;

namespace WinBack.Cli.Training;

/// <summary>Writes an evaluation as tables for a terminal.</summary>
internal static class EvaluationText
{
    internal static void Write(TextWriter text, Evaluation evaluation)
    {
        BinaryMetrics m = evaluation.Metrics;
        Line(text, $"rows                {m.Rows,10:N0}");
        Line(text, $"base rate           {m.BaseRate,10:P1}");
        Line(text, $"AUC                 {m.Auc,10:F4}");
        Line(text, $"log-loss (nats)     {m.LogLoss,10:F4}   {evaluation.ConstantLogLoss:F4} when always saying the base rate");
        Line(text, $"Brier               {m.Brier,10:F4}   {m.BaseRate * (1 - m.BaseRate):F4} when always saying the base rate");
        Line(text, $"calibration error   {m.ExpectedCalibrationError,10:F4}   mean distance of said and seen below");
        text.WriteLine();
        text.WriteLine("Calibration: of those to whom the model gives a probability in the range, so many had label 1");
        text.WriteLine("  range            rows      said      seen");
        foreach (CalibrationRow row in evaluation.Calibration)
        {
            if (row.Weight > 0)
                Line(text, $"  {row.From:F1} to {row.To:F1} {row.Weight,10:N0} {row.MeanProbability,9:P1} {row.ObservedRate,9:P1}");
        }

        text.WriteLine();
        text.WriteLine("Lift: tenths of the rows, those with the highest probability first");
        text.WriteLine("  tenth      rows      rate    lift   captured   cumulative lift");
        foreach (LiftRow r in evaluation.Lift)
            Line(text, $"  {r.Part,5} {r.Rows,9:N0} {r.Rate,9:P1} {r.Lift,7:F2} {r.CapturedShare,10:P1} {r.CumulativeLift,17:F2}");
    }

    /// <summary>A model of means: figure by figure.</summary>
    internal static void Write(TextWriter text, ModelMetrics metrics)
    {
        foreach ((string name, double value) in metrics.Figures) Line(text, $"{name,-18} {value,12:0.####}");
    }

    private static void Line(TextWriter text, FormattableString line) => text.WriteLine(FormattableString.Invariant(line));
}
