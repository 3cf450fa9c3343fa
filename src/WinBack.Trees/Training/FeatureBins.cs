namespace WinBack.Trees.Training;

/// <summary>Maps the values of one feature to at most 255 bins, and one more for missing values.</summary>
internal abstract class FeatureBins
{
    /// <summary>The bin of missing values (NaN); above every other, whatever the number of bins.</summary>
    public const int Missing = 255;

    /// <summary>Bins without the missing one; 1 when the feature never changes.</summary>
    public abstract int Count { get; }

    public abstract int BinOf(float value);

    /// <summary>Puts the bin of each value into one byte of its row's word.</summary>
    /// <param name="values">Shape [rows].</param>
    /// <param name="words">Shape [rows]; the byte is 0 so far.</param>
    /// <param name="shift">Bits from the lowest, a multiple of 8.</param>
    public abstract void Fill(ReadOnlySpan<float> values, Span<ulong> words, int shift);
}
