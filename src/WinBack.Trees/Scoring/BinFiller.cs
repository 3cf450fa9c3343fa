using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WinBack.Trees.Scoring;

/// <summary>Turns a block of rows into columns of bins.</summary>
internal sealed class BinFiller<T>(BinLayout layout, int featureCount)
    where T : unmanaged, INumberBase<T>
{
    public int Width => layout.Width;

    /// <param name="rows">Shape [count * F], row by row.</param>
    /// <param name="count">Rows, at most 64.</param>
    /// <param name="bins">Shape [columns * 64], column by column; what stands behind the last row is arbitrary.</param>
    [SkipLocalsInit]
    public void Fill(ReadOnlySpan<float> rows, int count, Span<T> bins)
    {
        Span<float> values = stackalloc float[BlockScorer.Rows];
        Span<int> keys = stackalloc int[BlockScorer.Rows];
        int gathered = -1;
        for (int column = 0; column < layout.Numeric.Count; column++)
        {
            (int feature, int copy) = layout.Numeric[column];
            if (feature != gathered)
            {
                Gather(rows, feature, values[..count]);
                gathered = feature;
            }

            KeysOf(values, copy, keys);
            layout.Column(column).Find(keys, bins.Slice(column * BlockScorer.Rows, BlockScorer.Rows));
        }

        for (int s = 0; s < layout.Sets.Count; s++)
        {
            var target = bins.Slice((layout.Numeric.Count + s) * BlockScorer.Rows, count);
            for (int row = 0; row < count; row++)
            {
                target[row] = T.CreateTruncating(layout.Sets[s].Key(rows.Slice(row * featureCount, featureCount)));
            }
        }
    }

    private void Gather(ReadOnlySpan<float> rows, int feature, Span<float> values)
    {
        ref float source = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), feature);
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = Unsafe.Add(ref source, row * featureCount);
        }
    }

    /// <summary>Keys of one way to treat missing values, see <see cref="KeyRow"/>.</summary>
    private static void KeysOf(ReadOnlySpan<float> values, int copy, Span<int> keys)
    {
        ref float source = ref MemoryMarshal.GetReference(values);
        ref int target = ref MemoryMarshal.GetReference(keys);
        var missingKey = Vector256.Create((copy & 1) != 0 ? int.MinValue : int.MaxValue);

        // Nothing is smaller than minus one, so that zero is missing for some copies only.
        var zeroLimit = Vector256.Create((copy & 2) != 0 ? ReferenceScorer.ZeroThreshold : -1);
        for (nuint i = 0; i < BlockScorer.Rows; i += (nuint)Vector256<int>.Count)
        {
            var x = Vector256.LoadUnsafe(ref source, i) + Vector256<float>.Zero;
            var bits = x.AsInt32();
            var key = bits ^ (Vector256.ShiftRightArithmetic(bits, 31) & Vector256.Create(int.MaxValue));
            var isPresent = Vector256.Equals(x, x) & Vector256.GreaterThan(Vector256.Abs(x), zeroLimit);
            Vector256.ConditionalSelect(isPresent.AsInt32(), key, missingKey).StoreUnsafe(ref target, i);
        }
    }
}
