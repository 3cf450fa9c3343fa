using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Scores rows with one feature moved step by step, and counts where the score goes the wrong way.</summary>
internal static class MonotoneProbe
{
    private const int Rows = 200;
    private const int Values = 64;

    internal static IReadOnlyList<MonotoneCheck> Check(
        TreeModel model, TrainingTable table, IReadOnlyDictionary<string, MonotoneDirection> directions) =>
        directions.Select(pair => Check(model, table, pair.Key, pair.Value)).ToArray();

    private static MonotoneCheck Check(TreeModel model, TrainingTable table, string feature, MonotoneDirection direction)
    {
        int at = table.FeatureNames.ToList().IndexOf(feature);
        float[] values = ValuesOf(table.Column(at).ToArray());
        float[] row = new float[table.FeatureCount];
        double[] score = new double[1];
        int steps = 0, violations = 0;
        for (int i = 0; i < Math.Min(Rows, table.RowCount); i++)
        {
            table.CopyRow((int)((long)i * table.RowCount / Math.Min(Rows, table.RowCount)), row);
            double before = double.NaN;
            foreach (float value in values)
            {
                row[at] = value;
                model.RawScores(row, score);
                if (!double.IsNaN(before)) steps++;
                if ((int)direction * (score[0] - before) < 0) violations++;
                before = score[0];
            }
        }

        return new MonotoneCheck(feature, direction == MonotoneDirection.Increasing ? "+" : "-", steps, violations);
    }

    /// <summary>Quantiles of what occurs, and beyond both ends.</summary>
    private static float[] ValuesOf(float[] column)
    {
        float[] known = column.Where(value => !float.IsNaN(value)).Order().ToArray();
        if (known.Length == 0) return [];
        IEnumerable<float> quantiles = Enumerable.Range(0, Values).Select(i => known[(int)((long)i * (known.Length - 1) / (Values - 1))]);
        return [float.NegativeInfinity, .. quantiles.Distinct(), float.PositiveInfinity];
    }
}
