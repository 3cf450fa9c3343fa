namespace WinBack.Trees.ModelFiles;

/// <summary>How a feature, or the prediction, was distributed over the rows a model was made from: what drift is measured against.</summary>
/// <remarks>
/// Bin i holds the values x with <c>Edges[i - 1] &lt;= x &lt; Edges[i]</c>; the first and the last bin are open. Edges are quantiles
/// of the values, so bins are about equally full; a value that fills more than a bin's share by itself gets a bin alone.
/// </remarks>
public sealed record ReferenceHistogram
{
    /// <summary>What a histogram of predictions is called.</summary>
    public const string Prediction = "prediction";

    /// <summary>Of the feature, or <see cref="Prediction"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Strictly ascending, finite; in the unit of the feature.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    /// <summary>Rows by bin; one more than edges.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Rows whose value was missing (NaN).</summary>
    public long Missing { get; init; }

    /// <summary>Counts values into bins at their quantiles.</summary>
    /// <param name="values">NaN is missing; infinities fall into the outer bins.</param>
    /// <param name="bins">The most bins wanted, at least 1; fewer where values repeat.</param>
    public static ReferenceHistogram Of(string name, IEnumerable<float> values, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        float[] all = values.ToArray();
        float[] present = all.Where(value => !float.IsNaN(value)).Order().ToArray();
        double[] edges = EdgesOf(present, bins);
        var counts = new long[edges.Length + 1];
        foreach (float value in present) counts[BinOf(edges, value)]++;
        return new ReferenceHistogram { Name = name, Edges = edges, Counts = counts, Missing = all.Length - present.Length };
    }

    /// <summary>The bin of a value that is not missing.</summary>
    public int BinOf(double value) => BinOf(Edges, value);

    /// <summary>Tells what is wrong with it; null when it can be used.</summary>
    public string? FindFault()
    {
        if (Counts.Count != Edges.Count + 1) return $"histogram '{Name}': {Counts.Count} counts for {Edges.Count} edges";
        if (Counts.Any(count => count < 0) || Missing < 0) return $"histogram '{Name}': a count is negative";
        for (int i = 0; i < Edges.Count; i++)
        {
            if (!double.IsFinite(Edges[i]) || (i > 0 && Edges[i] <= Edges[i - 1]))
                return $"histogram '{Name}': edges are not finite and strictly ascending";
        }

        return null;
    }

    /// <summary>Number of edges at or below the value.</summary>
    private static int BinOf(IReadOnlyList<double> edges, double value)
    {
        int low = 0, high = edges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (edges[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>A quantile, and the next larger value where the quantile's own value would fill its bin alone.</summary>
    private static double[] EdgesOf(float[] sorted, int bins)
    {
        var edges = new SortedSet<double>();
        for (int i = 1; i < bins && sorted.Length > 0; i++)
        {
            int at = (int)((long)i * sorted.Length / bins);
            float value = sorted[at];
            if (value > sorted[0] && float.IsFinite(value)) edges.Add(value);
            int next = NextAbove(sorted, at);
            bool isCrowded = next < sorted.Length && next - FirstOf(sorted, value) >= sorted.Length / bins;
            if (isCrowded && float.IsFinite(sorted[next])) edges.Add(sorted[next]);
        }

        return [.. edges];
    }

    private static int FirstOf(float[] sorted, float value)
    {
        int at = Array.BinarySearch(sorted, value);
        while (at > 0 && sorted[at - 1] == value) at--;
        return at;
    }

    private static int NextAbove(float[] sorted, int at)
    {
        float value = sorted[at];
        while (at < sorted.Length && sorted[at] == value) at++;
        return at;
    }
}
