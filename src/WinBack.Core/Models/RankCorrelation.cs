namespace WinBack.Core.Models;

/// <summary>Spearman's rank correlation: 1 when two scores put customers in the same order, whatever their scale.</summary>
public static class RankCorrelation
{
    /// <param name="first">Shape [n].</param>
    /// <param name="second">Shape [n].</param>
    /// <returns>-1 to 1; equal values share their mean rank. 0 when there are fewer than two, or all of one side are equal.</returns>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length) throw new ArgumentException($"{first.Length} and {second.Length} values", nameof(second));
        if (first.Length < 2) return 0;
        double[] a = Ranks(first), b = Ranks(second);
        double mean = (first.Length - 1) / 2.0, product = 0, squareA = 0, squareB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (a[i] - mean) * (b[i] - mean);
            squareA += (a[i] - mean) * (a[i] - mean);
            squareB += (b[i] - mean) * (b[i] - mean);
        }

        return squareA == 0 || squareB == 0 ? 0 : product / Math.Sqrt(squareA * squareB);
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
            }

            for (int i = start; i < end; i++) ranks[order[i]] = (start + end - 1) / 2.0;
        }

        return ranks;
    }
}
