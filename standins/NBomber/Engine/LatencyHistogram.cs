using System.Numerics;

namespace NBomber.Engine;

/// <summary>
/// Counts latencies in buckets whose width is at most 1/1024 of their value, as HdrHistogram does, so that every percentile is
/// within 0.1 % of the exact one. Written from many threads without locks.
/// </summary>
/// <remarks>
/// Unit: ticks of 100 ns. Values below 2048 have a bucket each. Above, each power of two is cut into 1024 buckets. Values above
/// <see cref="MaxTicks"/> (about 30 hours) count as that.
/// </remarks>
internal sealed class LatencyHistogram
{
    public const long MaxTicks = (1L << 40) - 1;

    private const int SubBits = 10;
    private const int SubCount = 1 << SubBits;
    private const int Buckets = (40 - SubBits + 1) * SubCount;

    private readonly long[] counts = new long[Buckets];
    private long count;
    private long sum;
    private long min = long.MaxValue;
    private long max;

    public long Count => Volatile.Read(ref count);

    public double MinMs => Count == 0 ? 0 : ToMs(Volatile.Read(ref min));

    public double MaxMs => ToMs(Volatile.Read(ref max));

    /// <summary>Exact: from the sum, not from the buckets.</summary>
    public double MeanMs => Count == 0 ? 0 : ToMs((double)Volatile.Read(ref sum) / Count);

    public void Record(TimeSpan latency)
    {
        var ticks = Math.Clamp(latency.Ticks, 0, MaxTicks);
        Interlocked.Increment(ref counts[IndexOf(ticks)]);
        Interlocked.Add(ref sum, ticks);
        LowerTo(ref min, ticks);
        RaiseTo(ref max, ticks);
        // Last, so that a reader never sees more values than are in the buckets.
        Interlocked.Increment(ref count);
    }

    /// <summary>The smallest latency that at least <paramref name="percent"/> of all do not exceed, in milliseconds.</summary>
    public double PercentileMs(double percent)
    {
        var all = Count;
        if (all == 0)
        {
            return 0;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(percent / 100 * all));
        long seen = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += Volatile.Read(ref counts[i]);
            if (seen >= rank)
            {
                return ToMs(Math.Min(HighestOf(i), Volatile.Read(ref max)));
            }
        }

        return MaxMs;
    }

    /// <summary>Of the whole population, from the middles of the buckets.</summary>
    public double StdDevMs()
    {
        var mean = MeanMs;
        double squares = 0;
        long seen = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var here = Volatile.Read(ref counts[i]);
            var distance = ToMs((LowestOf(i) + HighestOf(i)) / 2d) - mean;
            squares += here * distance * distance;
            seen += here;
        }

        return seen == 0 ? 0 : Math.Sqrt(squares / seen);
    }

    /// <summary>How many are at most <paramref name="ms"/> milliseconds (to the precision of a bucket).</summary>
    public long CountUpTo(double ms)
    {
        var last = IndexOf(Math.Clamp((long)(ms * TimeSpan.TicksPerMillisecond), 0, MaxTicks));
        long seen = 0;
        for (var i = 0; i <= last; i++)
        {
            seen += Volatile.Read(ref counts[i]);
        }

        return seen;
    }

    private static int IndexOf(long ticks)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - SubBits);
        return (shift * SubCount) + (int)(ticks >> shift);
    }

    private static long LowestOf(int index)
    {
        var shift = Math.Max(0, (index / SubCount) - 1);
        return (long)(index - (shift * SubCount)) << shift;
    }

    private static long HighestOf(int index) => LowestOf(index) + (1L << Math.Max(0, (index / SubCount) - 1)) - 1;

    private static double ToMs(double ticks) => ticks / TimeSpan.TicksPerMillisecond;

    private static void LowerTo(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value < seen;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private static void RaiseTo(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
