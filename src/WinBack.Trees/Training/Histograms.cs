using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WinBack.Trees.Training;

/// <summary>The gradient sums of one leaf, by slot and bin: shape [slots * 256].</summary>
internal sealed class Histograms(int blocks)
{
    public const int SlotBins = 256;
    private const int BlockBins = BinnedTable.BlockFeatures * SlotBins;

    private readonly Vector128<long>[] _sums = new Vector128<long>[blocks * BlockBins];

    public ReadOnlySpan<Vector128<long>> Slot(int slot) => _sums.AsSpan(slot * SlotBins, SlotBins);

    /// <summary>Adds up the given rows for the eight slots of one block, from zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BuildBlock(int block, ReadOnlySpan<ulong> bins, ReadOnlySpan<int> rows, ulong[] gradients)
    {
        var sums = _sums.AsSpan(block * BlockBins, BlockBins);
        sums.Clear();
        ref var target = ref MemoryMarshal.GetReference(sums);
        ref ulong words = ref MemoryMarshal.GetReference(bins);
        ref ulong pairs = ref MemoryMarshal.GetArrayDataReference(gradients);
        foreach (int row in rows)
        {
            ulong pair = Unsafe.Add(ref pairs, row);
            var addend = Vector128.Create((int)pair, ((long)(pair >> 32) << GradientSum.CountBits) | 1);
            ulong word = Unsafe.Add(ref words, row);
            Unsafe.Add(ref target, (nuint)(byte)word) += addend;
            Unsafe.Add(ref target, (nuint)(byte)(word >> 8) + SlotBins) += addend;
            Unsafe.Add(ref target, (nuint)(byte)(word >> 16) + (2 * SlotBins)) += addend;
            Unsafe.Add(ref target, (nuint)(byte)(word >> 24) + (3 * SlotBins)) += addend;
            Unsafe.Add(ref target, (nuint)(byte)(word >> 32) + (4 * SlotBins)) += addend;
            Unsafe.Add(ref target, (nuint)(byte)(word >> 40) + (5 * SlotBins)) += addend;
            Unsafe.Add(ref target, (nuint)(byte)(word >> 48) + (6 * SlotBins)) += addend;
            Unsafe.Add(ref target, (nuint)(word >> 56) + (7 * SlotBins)) += addend;
        }
    }

    /// <summary>Turns the sums of a parent into those of one child by taking the other child away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SubtractBlock(int block, Histograms other)
    {
        var sums = _sums.AsSpan(block * BlockBins, BlockBins);
        var minus = other._sums.AsSpan(block * BlockBins, BlockBins);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] -= minus[i];
        }
    }
}
