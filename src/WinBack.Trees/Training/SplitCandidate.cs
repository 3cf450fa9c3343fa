namespace WinBack.Trees.Training;

/// <summary>The best split found for a leaf.</summary>
/// <param name="Gain">Above zero; 0 means there is no split.</param>
/// <param name="Slot">The feature's slot.</param>
/// <param name="Bin">Bins up to this one go left; not read when there is a set.</param>
/// <param name="MissingGoesLeft">Where the missing bin goes.</param>
/// <param name="Left">Sums of the rows that go left.</param>
/// <param name="Set">The bins that go left on a categorical feature; null on a number.</param>
internal readonly record struct SplitCandidate(
    double Gain, int Slot, int Bin, bool MissingGoesLeft, GradientSum Left, BinSet? Set = null)
{
    public bool Exists => Gain > 0;

    public bool GoesLeft(int bin) =>
        bin == FeatureBins.Missing ? MissingGoesLeft : Set is null ? bin <= Bin : Set.Contains(bin);
}
