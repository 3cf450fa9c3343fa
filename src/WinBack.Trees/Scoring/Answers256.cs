using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WinBack.Trees.Scoring;

/// <summary>The two steps of <see cref="AnswerScorer"/> with AVX2.</summary>
internal static class Answers256
{
    public const int Lanes = 8;

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Step 1: a bit per question, 1 is right.</summary>
    /// <param name="keys">Shape [64].</param>
    /// <param name="answers">Room for a bit per question.</param>
    public static void Ask(AnswerLayout layout, ReadOnlySpan<int> keys, Span<byte> answers)
    {
        ref int row = ref MemoryMarshal.GetReference(keys);
        ref int questions = ref MemoryMarshal.GetArrayDataReference(layout.Keys);
        ref sbyte columns = ref MemoryMarshal.GetArrayDataReference(layout.Columns);
        ref byte target = ref MemoryMarshal.GetReference(answers);
        bool isWide = layout.Row.Width > 4 * Lanes;
        nuint count = (nuint)layout.Keys.Length;
        for (nuint q = 0; q < count; q += Lanes)
        {
            var column = Avx2.ConvertToVector256Int32(
                Vector128.CreateScalar(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref columns, q)))).AsSByte());
            var value = Lookup(ref row, column);
            if (isWide)
            {
                // Bit 5 of the column, as the sign, chooses the upper half of the row.
                value = Choose(value, Lookup(ref Unsafe.Add(ref row, 4 * Lanes), column), Vector256.ShiftLeft(column, 26));
            }

            var shifted = value + Vector256.ShiftRightArithmetic(column, 31);
            uint right = Vector256.GreaterThan(shifted, Vector256.LoadUnsafe(ref questions, q)).ExtractMostSignificantBits();
            Unsafe.Add(ref target, q >> 3) = (byte)right;
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
            var given = Vector256.Create((int)(word >> (first[t] & 7)));
            uint match = 0;
            for (int lane = 0; lane < lanes; lane += Lanes)
            {
                match |= Match(given, ref asked, ref ways, place + (nuint)lane) << lane;
            }

            Unsafe.Add(ref target, t) = Unsafe.Add(ref values, place + (nuint)BitOperations.TrailingZeroCount(match));
            place += (nuint)lanes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Match(Vector256<int> given, ref int asked, ref int ways, nuint place) =>
        Vector256.Equals(given & Vector256.LoadUnsafe(ref asked, place), Vector256.LoadUnsafe(ref ways, place))
            .ExtractMostSignificantBits();

    /// <summary>32 columns: four permutations by the low three bits, then bits 3 and 4 choose among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Lookup(ref int row, Vector256<int> column)
    {
        var bit3 = Vector256.ShiftLeft(column, 28);
        var lower = Choose(Part(ref row, 0, column), Part(ref row, 1, column), bit3);
        var upper = Choose(Part(ref row, 2, column), Part(ref row, 3, column), bit3);
        return Choose(lower, upper, Vector256.ShiftLeft(column, 27));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Part(ref int row, nuint part, Vector256<int> column) =>
        Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref row, part * Lanes), column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Choose(Vector256<int> clear, Vector256<int> set, Vector256<int> sign) =>
        Avx.BlendVariable(clear.AsSingle(), set.AsSingle(), sign.AsSingle()).AsInt32();
}
