using System.Runtime.CompilerServices;

namespace WinBack.Trees.Training;

/// <summary>Cuts one feature into at most 255 ranges of about equal numbers of rows, frequent values apart.</summary>
/// <remarks>
/// Bin b holds the values in (bound[b-1], bound[b]]; the last bin has no upper bound. When a feature has no more distinct
/// values than bins, each value has its own. A bound lies between two values that occur, so a tree that asks
/// <c>x &lt;= bound</c> as float sends every training row the way its bin went.
/// </remarks>
internal sealed class NumericBins : FeatureBins
{
    /// <summary>Bins are found on at most this many rows, evenly spread over the table.</summary>
    private const int SampleRows = 200_000;

    private readonly float[] _bounds;

    private NumericBins(float[] bounds)
    {
        _bounds = bounds;
    }

    public override int Count => _bounds.Length + 1;

    public static NumericBins Find(ReadOnlySpan<float> values, int maxBins)
    {
        var sample = FloatSort.Ascending(Sample(values));
        var distinct = new List<(float Value, int Rows)>();
        int start = 0;
        for (int i = 1; i <= sample.Length; i++)
        {
            // Zeros of both signs are equal and must share a bin.
            if (i == sample.Length || sample[i] != sample[start])
            {
                distinct.Add((sample[start], i - start));
                start = i;
            }
        }

        return new NumericBins(Cut(distinct, sample.Length, maxBins));
    }

    /// <summary>The largest value that goes left when a split is made after <paramref name="bin"/>.</summary>
    public float UpperBound(int bin) => bin < _bounds.Length ? _bounds[bin] : float.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int BinOf(float value)
    {
        if (float.IsNaN(value))
        {
            return Missing;
        }

        // Branchless lower bound: the number of bounds below the value.
        int from = 0;
        int length = _bounds.Length;
        while (length > 0)
        {
            int half = (length + 1) / 2;
            from += _bounds[from + half - 1] < value ? half : 0;
            length -= half;
        }

        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fill(ReadOnlySpan<float> values, Span<ulong> words, int shift)
    {
        for (int row = 0; row < words.Length; row++)
        {
            words[row] |= (ulong)BinOf(values[row]) << shift;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<float> Sample(ReadOnlySpan<float> values)
    {
        int step = Math.Max(1, (values.Length + SampleRows - 1) / SampleRows);
        var sample = new float[(values.Length / step) + 1];
        int count = 0;
        for (int row = 0; row < values.Length; row += step)
        {
            if (!float.IsNaN(values[row]))
            {
                sample[count++] = values[row];
            }
        }

        return sample.AsSpan(0, count);
    }

    /// <summary>
    /// Closes a bin whenever one more share of all rows is full; a value of two shares and more stands alone. The shares that
    /// frequent values take are not given to the others: a column that is zero for most rows would have its few other
    /// values cut so finely that trees learn noise from them (docs/PERFORMANCE.md has what that cost).
    /// </summary>
    private static float[] Cut(List<(float Value, int Rows)> distinct, int rows, int maxBins)
    {
        var bounds = new List<float>();
        long seen = 0;
        long shares = 0;
        for (int i = 0; i < distinct.Count - 1; i++)
        {
            seen += distinct[i].Rows;
            bool isFull = seen * maxBins / rows > shares;
            bool nextIsFrequent = distinct[i + 1].Rows * (long)maxBins >= 2L * rows;
            shares = seen * maxBins / rows;
            if (distinct.Count <= maxBins || isFull || nextIsFrequent)
            {
                bounds.Add(Between(distinct[i].Value, distinct[i + 1].Value));
            }
        }

        return bounds.ToArray();
    }

    /// <summary>The middle, or <paramref name="below"/> itself where rounding or an infinity leaves no middle.</summary>
    private static float Between(float below, float above)
    {
        float middle = (below / 2) + (above / 2);
        return middle >= below && middle < above ? middle : below;
    }
}
