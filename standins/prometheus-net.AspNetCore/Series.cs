namespace Prometheus;

/// <summary>The running value of one family under one set of labels. Written from any thread without a lock.</summary>
internal sealed class Series
{
    private readonly double[]? boundaries;
    private readonly long[] buckets;
    private double value;
    private long reportedIn;

    /// <param name="labels">Rendered: <c>a="x",b="y"</c>; empty without labels.</param>
    /// <param name="boundaries">Upper, inclusive bounds of the buckets of a histogram, ascending; null for a plain value.</param>
    public Series(string labels, double[]? boundaries)
    {
        Labels = labels;
        this.boundaries = boundaries;
        buckets = boundaries is null ? [] : new long[boundaries.Length + 1];
    }

    public string Labels { get; }

    /// <summary>The value; of a histogram the sum of all observations.</summary>
    public double Value => Volatile.Read(ref value);

    public void Add(double amount)
    {
        var seen = Volatile.Read(ref value);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref value, seen + amount, seen);
            // Compared as bits: NaN is never equal to itself, and would spin here for ever.
            if (BitConverter.DoubleToInt64Bits(found) == BitConverter.DoubleToInt64Bits(seen))
            {
                return;
            }

            seen = found;
        }
    }

    public void Set(double present) => Volatile.Write(ref value, present);

    public void Report(double present, long scrape)
    {
        Volatile.Write(ref value, present);
        Volatile.Write(ref reportedIn, scrape);
    }

    public void Observe(double observation)
    {
        if (double.IsNaN(observation))
        {
            return;
        }

        var at = Array.BinarySearch(boundaries!, observation);
        Interlocked.Increment(ref buckets[at >= 0 ? at : ~at]);
        Add(observation);
    }

    /// <summary>Observations in bucket <paramref name="index"/> alone, not cumulative.</summary>
    public long BucketCount(int index) => Volatile.Read(ref buckets[index]);

    /// <summary>Was this series reported before, but not in this scrape?</summary>
    public bool IsStale(long scrape)
    {
        var last = Volatile.Read(ref reportedIn);
        return last != 0 && last != scrape;
    }
}
