using System.Numerics;

namespace WinBack.Core.State;

/// <summary>The counters of one span of time, as a view into a <see cref="TileRing"/>: good until the ring changes.</summary>
public readonly struct Tile
{
    private readonly long[]? _values;
    private readonly int _start;

    internal Tile(int index, uint mask, long[] values, int start)
    {
        Index = index;
        Mask = mask;
        _values = values;
        _start = start;
    }

    /// <summary>Number of the span since 1970-01-01T00:00Z, in units of the ring's span.</summary>
    public int Index { get; }

    /// <summary>Bit i is set when counter i is not zero.</summary>
    public uint Mask { get; }

    /// <summary>Values of the set bits, lowest bit first.</summary>
    internal ReadOnlySpan<long> Values => _values.AsSpan(_start, BitOperations.PopCount(Mask));

    public long this[TileCounter counter]
    {
        get
        {
            uint bit = 1u << (int)counter;
            return (Mask & bit) == 0 ? 0 : _values![_start + BitOperations.PopCount(Mask & (bit - 1))];
        }
    }
}
