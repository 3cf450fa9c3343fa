namespace WinBack.Load.Target;

/// <summary>The customers that load is spread over, and the seeded order in which callers meet them.</summary>
/// <param name="prefix">Of their ids; with another one a service gets customers that nobody has asked for yet.</param>
internal sealed class Population(int count, int seed, string prefix)
{
    private long _picked = (long)seed << 32;

    internal int Count => count;

    internal string this[int number] => $"{prefix}-{number:D7}";

    /// <summary>Any customer.</summary>
    internal string Pick() => this[(int)(Next() % (ulong)count)];

    /// <summary>Any of the first half; the others are left to who needs customers that nobody has touched.</summary>
    internal string PickOfFirstHalf() => this[(int)(Next() % (ulong)Math.Max(1, count / 2))];

    /// <summary>Any of the first quarter: those who are sent events of now, and so are not lapsed any more.</summary>
    internal string PickActive() => this[(int)(Next() % (ulong)Math.Max(1, count / 4))];

    /// <summary>SplitMix64 over a shared counter: the same customers in each run, without a lock between callers.</summary>
    internal ulong Next()
    {
        ulong z = unchecked((ulong)Interlocked.Increment(ref _picked) * 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
