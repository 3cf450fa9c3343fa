using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WinBack.Trees.Scoring;

/// <summary>The two steps of <see cref="AnswerScorer"/> with AVX-512.</summary>
internal static class Answers512
{
    public const int Lanes = 16;

    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Step 1: a bit per question, 1 is right.</summary>
    /// <param name="keys">Shape [64].</param>
    /// <param name="answers">Room for a bit per question.</param>
    public static void Ask(AnswerLayout layout, ReadOnlySpan<int> keys, Span<byte> answers)
    {
        if (layout.Row.Width <= 2 * Lanes)
        {
            AskNarrow(layout, keys, answers);
        }
        else
        {
            AskWide(layout, keys, answers);
        }
    }

    /// <summary>Step 2: what <paramref name="byLeaf"/> holds at the leaf that each tree's answers lead to.</summary>
    public static void Find<T>(AnswerLayout layout, ReadOnlySpan<byte> answers, T[] byLeaf, Span<T> byTree)
    {
        ref byte bits = ref MemoryMarshal.GetReference(answers);
        ref int asked = ref MemoryMarshal.GetArrayDataReference(layout.Asked);
        ref int ways = ref MemoryMarshal.GetArrayDataReference(layout.Ways);
        ref T values = ref MemoryMarshal.GetArrayDataReference(byLeaf);
        ref T target = ref MemoryMarshal.GetReference(byTree);
        int[] first = layout.FirstQuestion;
        int lanes = layout.Lanes;
        nuint place = 0;
        for (int t = 0; t < first.Length; t++)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bits, (nuint)(first[t] >> 3)));
            var given = Vector512.Create((int)(word >> (first[t] & 7)));
            ulong match = Match(given, ref asked, ref ways, place);
            if (lanes > Lanes)
            {
                match |= Match(given, ref asked, ref ways, place + Lanes) << Lanes;
            }

            Unsafe.Add(ref target, t) = Unsafe.Add(ref values, place + (nuint)BitOperations.TrailingZeroCount(match));
            place += (nuint)lanes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Match(Vector512<int> given, ref int asked, ref int ways, nuint place) =>
        Vector512.Equals(given & Vector512.LoadUnsafe(ref asked, place), Vector512.LoadUnsafe(ref ways, place))
            .ExtractMostSignificantBits();

    private static void AskNarrow(AnswerLayout layout, ReadOnlySpan<int> row, Span<byte> answers)
    {
        ref int x = ref MemoryMarshal.GetReference(row);
        var a = Vector512.LoadUnsafe(ref x, 0);
        var b = Vector512.LoadUnsafe(ref x, Lanes);
        ref int keys = ref MemoryMarshal.GetArrayDataReference(layout.Keys);
        ref sbyte columns = ref MemoryMarshal.GetArrayDataReference(layout.Columns);
        ref byte target = ref MemoryMarshal.GetReference(answers);
        nuint count = (nuint)layout.Keys.Length;
        for (nuint q = 0; q < count; q += Lanes)
        {
            var column = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref columns, q));
            Answer(Avx512F.PermuteVar16x32x2(a, column, b), column, ref keys, ref target, q);
        }
    }

    private static void AskWide(AnswerLayout layout, ReadOnlySpan<int> row, Span<byte> answers)
    {
        ref int x = ref MemoryMarshal.GetReference(row);
        var a = Vector512.LoadUnsafe(ref x, 0);
        var b = Vector512.LoadUnsafe(ref x, Lanes);
        var c = Vector512.LoadUnsafe(ref x, 2 * Lanes);
        var d = Vector512.LoadUnsafe(ref x, 3 * Lanes);
        ref int keys = ref MemoryMarshal.GetArrayDataReference(layout.Keys);
        ref sbyte columns = ref MemoryMarshal.GetArrayDataReference(layout.Columns);
        ref byte target = ref MemoryMarshal.GetReference(answers);
        var upper = Vector512.Create(2 * Lanes);
        nuint count = (nuint)layout.Keys.Length;
        for (nuint q = 0; q < count; q += Lanes)
        {
            var column = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref columns, q));
            var value = Vector512.ConditionalSelect(
                Vector512.Equals(column & upper, Vector512<int>.Zero),
                Avx512F.PermuteVar16x32x2(a, column, b),
                Avx512F.PermuteVar16x32x2(c, column, d));
            Answer(value, column, ref keys, ref target, q);
        }
    }

    /// <summary>The shift gives -1 where missing goes right, see <see cref="AnswerLayout"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Answer(Vector512<int> value, Vector512<int> column, ref int keys, ref byte target, nuint q)
    {
        var shifted = value + Vector512.ShiftRightArithmetic(column, 31);
        ulong right = Vector512.GreaterThan(shifted, Vector512.LoadUnsafe(ref keys, q)).ExtractMostSignificantBits();
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, q >> 3), (ushort)right);
    }
}
