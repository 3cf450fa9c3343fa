using System.Globalization;
using System.Text;
using WinBack.Trees.Ensemble;
using WinBack.Trees.Scoring;

namespace WinBack.Trees.ModelFiles;

/// <summary>golden.csv: input rows with the raw scores and predictions that the maker saw.</summary>
/// <remarks>
/// Written with <see cref="ReferenceScorer"/> and checked at load with the scorer that will serve, so a file that was mixed
/// up, or a machine that computes otherwise, is noticed before the first customer is. Raw scores must be equal to the last
/// bit; predictions within 1e-9 relative, because exp may differ in its last bit between machines.
/// </remarks>
internal static class GoldenRows
{
    private const double PredictionTolerance = 1e-9;

    public static string Write(TreeEnsemble ensemble, IReadOnlyList<float[]> rows)
    {
        var scorer = new ReferenceScorer(ensemble);
        var text = new StringBuilder();
        CsvText.AppendLine(text, ensemble.FeatureNames.Concat(Header("raw_score", ensemble)).Concat(Header("prediction", ensemble)));
        var scores = new double[ensemble.OutputCount];
        foreach (float[] row in rows)
        {
            scorer.RawScores(row, scores);
            var raw = scores.Select(CsvText.Number).ToArray();
            ensemble.Link.Apply(scores);
            CsvText.AppendLine(text, row.Select(CsvText.Number).Concat(raw).Concat(scores.Select(CsvText.Number)));
        }

        return text.ToString();
    }

    /// <exception cref="ModelFormatException">A row is malformed or the model answers differently.</exception>
    public static void Check(string file, string text, TreeModel model, int expectedRows)
    {
        int rows = 0;
        foreach (string[] line in CsvText.Parse(text).Skip(1))
        {
            rows++;
            CheckRow(file, model, line, rows);
        }

        if (rows == 0 || rows != expectedRows)
        {
            throw new ModelFormatException(
                file, $"{rows} golden rows found, the manifest says {expectedRows}.", "Restore the whole model directory from one save.");
        }
    }

    private static void CheckRow(string file, TreeModel model, string[] line, int number)
    {
        int features = model.Ensemble.FeatureCount;
        int outputs = model.Ensemble.OutputCount;
        if (line.Length != features + (2 * outputs))
        {
            throw new ModelFormatException(
                file, $"Row {number} has {line.Length} fields instead of {features + (2 * outputs)}.", "Restore the file from the original save.");
        }

        var row = new float[features];
        for (int f = 0; f < features; f++)
        {
            row[f] = (float)Parse(file, number, line[f]);
        }

        var scores = new double[outputs];
        model.RawScores(row, scores);
        CheckValues(file, number, "raw score", scores, line.AsSpan(features, outputs), tolerance: 0);
        model.Ensemble.Link.Apply(scores);
        CheckValues(file, number, "prediction", scores, line.AsSpan(features + outputs, outputs), PredictionTolerance);
    }

    private static void CheckValues(
        string file, int number, string what, double[] found, ReadOnlySpan<string> expected, double tolerance)
    {
        for (int k = 0; k < found.Length; k++)
        {
            double wanted = Parse(file, number, expected[k]);
            if (!(Math.Abs(found[k] - wanted) <= tolerance * Math.Abs(wanted)))
            {
                throw new ModelFormatException(
                    file,
                    $"Row {number}: the model gives {what} {CsvText.Number(found[k])}, expected {CsvText.Number(wanted)}.",
                    "The binary and the golden rows do not belong together: restore both from one save, or train again.");
            }
        }
    }

    private static double Parse(string file, int number, string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ModelFormatException(file, $"Row {number}: '{field}' is not a number.", "Restore the file from the original save.");

    private static IEnumerable<string> Header(string name, TreeEnsemble ensemble) =>
        ensemble.OutputCount == 1 ? [name] : Enumerable.Range(0, ensemble.OutputCount).Select(k => $"{name}_{k}");
}
