namespace WinBack.Trees.Metrics;

/// <summary>Curves over all thresholds of a score, from the highest down. Rows of equal score are one step.</summary>
public static class ScoreCurves
{
    /// <summary>X: false positive rate, Y: true positive rate. From (0, 0) to (1, 1); the area below is <see cref="RocAuc"/>.</summary>
    /// <param name="scores">Shape [rows]; higher means more likely.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or there is no row.</exception>
    public static IReadOnlyList<CurvePoint> Roc(double[] scores, float[] labels, float[] weights)
    {
        Observations.Check(scores, labels, weights);
        var steps = Steps(scores, labels, weights);
        double positives = steps[^1].Label, negatives = steps[^1].Weight - steps[^1].Label;
        return [new CurvePoint(0, 0), .. steps.Select(s => new CurvePoint((s.Weight - s.Label) / negatives, s.Label / positives))];
    }

    /// <summary>X: recall, the share of positives found; Y: precision, the share of positives among those taken.</summary>
    /// <inheritdoc cref="Roc"/>
    public static IReadOnlyList<CurvePoint> PrecisionRecall(double[] scores, float[] labels, float[] weights)
    {
        Observations.Check(scores, labels, weights);
        var steps = Steps(scores, labels, weights);
        return steps.Select(s => new CurvePoint(s.Label / steps[^1].Label, s.Label / s.Weight)).ToArray();
    }

    /// <summary>Mean precision over the positives, in the order of the scores: the area below the precision-recall steps.</summary>
    /// <inheritdoc cref="Roc"/>
    public static double AveragePrecision(double[] scores, float[] labels, float[] weights)
    {
        double area = 0, before = 0;
        foreach (var point in PrecisionRecall(scores, labels, weights))
        {
            area += (point.X - before) * point.Y;
            before = point.X;
        }

        return area;
    }

    /// <summary>X: share of the rows taken, best first; Y: share of all labels (positives, or amounts) that they hold.</summary>
    /// <param name="scores">Shape [rows].</param>
    /// <param name="labels">Shape [rows]; finite, with a sum above 0.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or there is no row.</exception>
    public static IReadOnlyList<CurvePoint> Gain(double[] scores, float[] labels, float[] weights)
    {
        Observations.CheckLengths(scores.Length, labels.Length, weights.Length);
        var steps = Steps(scores, labels, weights);
        return [new CurvePoint(0, 0), .. steps.Select(s => new CurvePoint(s.Weight / steps[^1].Weight, s.Label / steps[^1].Label))];
    }

    /// <summary>At most so many points, evenly spread in number, both ends among them: for drawing.</summary>
    public static IReadOnlyList<CurvePoint> Thin(IReadOnlyList<CurvePoint> points, int most) => points.Count <= most
        ? points
        : Enumerable.Range(0, most).Select(i => points[(int)((long)i * (points.Count - 1) / (most - 1))]).ToArray();

    /// <summary>Sums of weights and of weighted labels down to and with each distinct score.</summary>
    private static List<(double Weight, double Label)> Steps(double[] scores, float[] labels, float[] weights)
    {
        var sorted = (double[])scores.Clone();
        var rows = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, rows);
        var steps = new List<(double, double)>();
        double weight = 0, label = 0;
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            double own = Observations.Weight(weights, rows[i]);
            weight += own;
            label += own * labels[rows[i]];
            if (i == 0 || !sorted[i - 1].Equals(sorted[i])) steps.Add((weight, label));
        }

        return steps;
    }
}
