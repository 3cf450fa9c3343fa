using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WinBack.Trees.Scoring;

/// <summary>The vectorised search for bins: halve among pivots that registers hold, then count the bounds up to the next pivot.</summary>
/// <remarks>
/// AVX-512 has 32 pivots in two registers, AVX2 eight in one. The bounds between pivots lie in tables by rank: entry p of
/// table j is the j-th bound after pivot p, so one permutation gives every lane its own.
/// </remarks>
internal sealed class BinPivots
{
    private const int Pivots512 = 32;
    private const int Pivots256 = 8;

    /// <summary>With more bounds between pivots, searching one by one is faster.</summary>
    private const int MaxBetween = 31;

    private readonly bool _isWide;
    private readonly int[] _pivots;
    private readonly int[] _between;
    private readonly int _betweenCount;

    private BinPivots(int[] bounds, bool isWide)
    {
        _isWide = isWide;
        int pivots = isWide ? Pivots512 : Pivots256;
        int segment = ((bounds.Length + 1) + pivots - 1) / pivots;
        _betweenCount = segment - 1;
        _pivots = Enumerable.Range(0, pivots).Select(p => BoundOrLast(((p + 1) * segment) - 1)).ToArray();
        _between = Enumerable.Range(0, pivots * _betweenCount)
            .Select(i => BoundOrLast((i % pivots * segment) + (i / pivots)))
            .ToArray();

        // Past the last bound stands one that is below no key.
        int BoundOrLast(int place) => place < bounds.Length ? bounds[place] : int.MaxValue;
    }

    /// <summary>Null when the processor or the path has no such instructions, or there are too many bounds.</summary>
    public static BinPivots? TryBuild(int[] bounds, ScoringPath path)
    {
        bool isWide = path == ScoringPath.Avx512 && Avx512F.IsSupported;
        bool isSupported = isWide || (path == ScoringPath.Avx2 && Avx2.IsSupported);
        var pivots = isSupported ? new BinPivots(bounds, isWide) : null;
        return pivots?._betweenCount <= MaxBetween ? pivots : null;
    }

    public void Find<T>(ReadOnlySpan<int> keys, Span<T> bins)
        where T : unmanaged, INumberBase<T>
    {
        if (_isWide)
        {
            Find512(keys, bins);
        }
        else
        {
            Find256(keys, bins);
        }
    }

    private void Find512<T>(ReadOnlySpan<int> keys, Span<T> bins)
        where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector512<int>.Count;
        var a = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_pivots));
        var b = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_pivots), (nuint)lanes);
        ref int between = ref MemoryMarshal.GetArrayDataReference(_between);
        var segment = Vector512.Create(_betweenCount + 1);
        for (int i = 0; i < keys.Length; i += lanes)
        {
            var key = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(keys), (nuint)i);
            var pivot = Vector512<int>.Zero;
            for (int half = Pivots512 / 2; half > 0; half /= 2)
            {
                var bound = Avx512F.PermuteVar16x32x2(a, pivot + Vector512.Create(half - 1), b);
                pivot += Vector512.LessThan(bound, key) & Vector512.Create(half);
            }

            var bin = pivot * segment;
            for (int j = 0; j < _betweenCount; j++)
            {
                ref int table = ref Unsafe.Add(ref between, j * Pivots512);
                var bound = Avx512F.PermuteVar16x32x2(
                    Vector512.LoadUnsafe(ref table), pivot, Vector512.LoadUnsafe(ref table, (nuint)lanes));
                bin -= Vector512.LessThan(bound, key);
            }

            Store(bin, ref Unsafe.Add(ref MemoryMarshal.GetReference(bins), i));
        }
    }

    private void Find256<T>(ReadOnlySpan<int> keys, Span<T> bins)
        where T : unmanaged, INumberBase<T>
    {
        int lanes = Vector256<int>.Count;
        var pivots = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_pivots));
        ref int between = ref MemoryMarshal.GetArrayDataReference(_between);
        var segment = Vector256.Create(_betweenCount + 1);
        for (int i = 0; i < keys.Length; i += lanes)
        {
            var key = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(keys), (nuint)i);
            var pivot = Vector256<int>.Zero;
            for (int half = Pivots256 / 2; half > 0; half /= 2)
            {
                var bound = Avx2.PermuteVar8x32(pivots, pivot + Vector256.Create(half - 1));
                pivot += Vector256.LessThan(bound, key) & Vector256.Create(half);
            }

            var bin = pivot * segment;
            for (int j = 0; j < _betweenCount; j++)
            {
                var table = Vector256.LoadUnsafe(ref between, (nuint)(j * Pivots256));
                bin -= Vector256.LessThan(Avx2.PermuteVar8x32(table, pivot), key);
            }

            Store(bin, ref Unsafe.Add(ref MemoryMarshal.GetReference(bins), i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<int> bin, ref T target)
        where T : unmanaged
    {
        ref byte bytes = ref Unsafe.As<T, byte>(ref target);
        if (Unsafe.SizeOf<T>() == 1)
        {
            Avx512F.ConvertToVector128Byte(bin).StoreUnsafe(ref bytes);
        }
        else
        {
            Avx512F.ConvertToVector256UInt16(bin).AsByte().StoreUnsafe(ref bytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector256<int> bin, ref T target)
        where T : unmanaged
    {
        ref byte bytes = ref Unsafe.As<T, byte>(ref target);
        var words = Vector128.Narrow(bin.GetLower().AsUInt32(), bin.GetUpper().AsUInt32());
        if (Unsafe.SizeOf<T>() == 1)
        {
            Unsafe.WriteUnaligned(ref bytes, Vector128.Narrow(words, words).AsUInt64().ToScalar());
        }
        else
        {
            words.AsByte().StoreUnsafe(ref bytes);
        }
    }
}
