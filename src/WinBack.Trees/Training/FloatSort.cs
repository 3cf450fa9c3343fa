using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WinBack.Trees.Training;

/// <summary>Sorts numbers by their bits, eleven at a time.</summary>
/// <remarks>
/// The bits of a float, turned over where it is negative, stand in the order of the numbers, so three stable passes of a
/// counting sort do. On 50,000 values that is several times as fast as comparing them, and it needs no warming up.
/// </remarks>
internal static class FloatSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;
    private const uint Sign = 0x8000_0000;

    /// <param name="values">Without NaN. -0 and 0 are equal, in whatever order.</param>
    /// <returns>A new array, ascending.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] Ascending(ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var keys = new uint[bits.Length];
        var spare = new uint[bits.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (bits[i] & Sign) != 0 ? ~bits[i] : bits[i] | Sign;
        }

        for (int shift = 0; shift < 32; shift += DigitBits)
        {
            SortByDigit(keys, spare, shift);
            (keys, spare) = (spare, keys);
        }

        var sorted = new float[keys.Length];
        var target = MemoryMarshal.Cast<float, uint>(sorted.AsSpan());
        for (int i = 0; i < keys.Length; i++)
        {
            target[i] = (keys[i] & Sign) != 0 ? keys[i] & ~Sign : ~keys[i];
        }

        return sorted;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortByDigit(uint[] keys, uint[] target, int shift)
    {
        var starts = new int[Digits];
        foreach (uint key in keys)
        {
            starts[(key >> shift) & (Digits - 1)]++;
        }

        int start = 0;
        for (int digit = 0; digit < Digits; digit++)
        {
            (starts[digit], start) = (start, start + starts[digit]);
        }

        foreach (uint key in keys)
        {
            target[starts[(key >> shift) & (Digits - 1)]++] = key;
        }
    }
}
