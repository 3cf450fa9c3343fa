using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WinBack.Trees.Scoring;

/// <summary>Adds the leaf values of one tree to the sums of a block of rows; tree by tree, so each row's order is that of the trees.</summary>
internal static class LeafSums
{
    /// <param name="leaves">Shape [rows].</param>
    /// <param name="values">By leaf.</param>
    /// <param name="sums">Shape [rows].</param>
    public static void Add<T>(ReadOnlySpan<T> leaves, ReadOnlySpan<double> values, Span<double> sums)
        where T : unmanaged, INumberBase<T>
    {
        ref double value = ref MemoryMarshal.GetReference(values);
        for (int row = 0; row < leaves.Length; row++)
        {
            sums[row] += Unsafe.Add(ref value, int.CreateTruncating(leaves[row]));
        }
    }

    /// <summary>As <see cref="Add{T}"/>, every sum rounded to float.</summary>
    /// <remarks>
    /// Sums and values are floats already. A double holds more than twice a float's digits, so rounding the double sum of two
    /// floats gives the bits of their float sum.
    /// </remarks>
    public static void AddSingle<T>(ReadOnlySpan<T> leaves, ReadOnlySpan<double> values, Span<double> sums)
        where T : unmanaged, INumberBase<T>
    {
        ref double value = ref MemoryMarshal.GetReference(values);
        for (int row = 0; row < leaves.Length; row++)
        {
            sums[row] = (float)(sums[row] + Unsafe.Add(ref value, int.CreateTruncating(leaves[row])));
        }
    }

    /// <summary>As <see cref="Add{T}"/> or <see cref="AddSingle{T}"/> for 32 leaf values, which lie in registers, with AVX-512.</summary>
    public static void Add512(ReadOnlySpan<byte> leaves, ReadOnlySpan<double> values, Span<double> sums, bool isSingle)
    {
        ref double value = ref MemoryMarshal.GetReference(values);
        var a = Vector512.LoadUnsafe(ref value, 0);
        var b = Vector512.LoadUnsafe(ref value, 8);
        var c = Vector512.LoadUnsafe(ref value, 16);
        var d = Vector512.LoadUnsafe(ref value, 24);
        ref byte leaf = ref MemoryMarshal.GetReference(leaves);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        var upper = Vector512.Create(16L);
        for (nuint row = 0; row < (nuint)sums.Length; row += 8)
        {
            var at = Avx512F.ConvertToVector512Int64(
                Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref leaf, row))).AsByte());
            var chosen = Vector512.ConditionalSelect(
                Vector512.Equals(at & upper, Vector512<long>.Zero).AsDouble(),
                Avx512F.PermuteVar8x64x2(a, at, b),
                Avx512F.PermuteVar8x64x2(c, at, d));
            var added = Vector512.LoadUnsafe(ref sum, row) + chosen;
            added = isSingle ? Avx512F.ConvertToVector512Double(Avx512F.ConvertToVector256Single(added)) : added;
            added.StoreUnsafe(ref sum, row);
        }
    }
}
