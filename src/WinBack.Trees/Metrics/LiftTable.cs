namespace WinBack.Trees.Metrics;

/// <summary>How much better than chance it is to contact the best-scored rows first.</summary>
public static class LiftTable
{
    /// <param name="scores">Shape [rows]; higher means more likely. Equal scores keep the order of the rows.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="parts">Number of parts of equal size (10 = deciles), 2 to 1000 and not more than rows.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or there are fewer rows than parts.</exception>
    public static IReadOnlyList<LiftRow> Create(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, int parts = 10)
    {
        Observations.Check(scores, labels, default);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Math.Min(1000, scores.Length));
        var byScore = scores.ToArray();
        int[] order = Enumerable.Range(0, byScore.Length).OrderByDescending(row => byScore[row]).ToArray();
        double positives = 0;
        foreach (float label in labels)
        {
            positives += label;
        }

        double baseRate = positives / order.Length;
        double captured = 0;
        var table = new LiftRow[parts];
        for (int part = 0; part < parts; part++)
        {
            int from = (int)((long)order.Length * part / parts);
            int to = (int)((long)order.Length * (part + 1) / parts);
            double found = 0;
            foreach (int row in order.AsSpan(from, to - from))
            {
                found += labels[row];
            }

            captured += found;
            double rate = found / (to - from);
            table[part] = new LiftRow(part + 1, to - from, rate, rate / baseRate, captured / positives, captured / to / baseRate);
        }

        return table;
    }
}
