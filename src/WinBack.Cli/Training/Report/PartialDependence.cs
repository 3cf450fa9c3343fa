using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training.Report;

/// <summary>The mean prediction when one feature is set to a value in all rows and the others stay (Friedman 2001).</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Unit">Of its values; empty when not known.</param>
/// <param name="Categories">The names of the points; empty for a number.</param>
/// <param name="Points">X: the value, or the place of the category; Y: the mean prediction.</param>
/// <param name="WhenMissing">The mean prediction with the feature missing; null when it never is.</param>
internal sealed record PartialDependence(
    string Feature, string Unit, IReadOnlyList<string> Categories, IReadOnlyList<CurvePoint> Points, double? WhenMissing)
{
    private const int Rows = 300;
    private const int Values = 24;
    private const int MostCategories = 12;

    internal static PartialDependence Of(TreeModel model, TrainingTable table, FeatureContract contract, int feature)
    {
        float[] column = table.Column(feature).ToArray();
        bool isCategory = contract.Type == FeatureContract.Category;
        float[] values = isCategory ? FrequentCategories(column) : Quantiles(column);
        string[] names = isCategory ? values.Select(code => NameOf(contract, code)).ToArray() : [];
        CurvePoint[] points = values
            .Select((value, place) => new CurvePoint(isCategory ? place : value, Mean(model, table, feature, value))).ToArray();
        double? missing = column.Any(float.IsNaN) ? Mean(model, table, feature, float.NaN) : null;
        return new PartialDependence(contract.Name, contract.Unit, names, points, missing);
    }

    private static string NameOf(FeatureContract contract, float code) => contract.Categories.Count == 0
        ? FormattableString.Invariant($"{code}")
        : code >= 0 && code < contract.Categories.Count ? contract.Categories[(int)code] : "other";

    private static double Mean(TreeModel model, TrainingTable table, int feature, float value)
    {
        int count = Math.Min(Rows, table.RowCount);
        float[] row = new float[table.FeatureCount];
        double[] prediction = new double[1];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            table.CopyRow((int)((long)i * table.RowCount / count), row);
            row[feature] = value;
            model.Predict(row, prediction);
            sum += prediction[0];
        }

        return sum / count;
    }

    /// <summary>From the 2nd to the 95th percentile, so that one far value does not squeeze the rest.</summary>
    private static float[] Quantiles(float[] column)
    {
        float[] known = column.Where(float.IsFinite).Order().ToArray();
        return known.Length == 0 ? [] : Enumerable.Range(0, Values)
            .Select(i => known[(int)((known.Length - 1) * (0.02 + (0.93 * i / (Values - 1))))]).Distinct().ToArray();
    }

    private static float[] FrequentCategories(float[] column) => column.Where(code => !float.IsNaN(code))
        .GroupBy(code => code).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
        .Take(MostCategories).Select(group => group.Key).Order().ToArray();
}
