namespace WinBack.Core.Policy.Exploration;

/// <summary>Numbers of a seed (SplitMix64, Steele et al. 2014): the same on every machine and runtime.</summary>
internal struct SeededDraw(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 up to, not including, the limit; the bias of at most limit / 2^64 does not matter.</summary>
    internal int Below(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)Math.BigMul(z ^ (z >> 31), (ulong)limit, out _);
    }
}
