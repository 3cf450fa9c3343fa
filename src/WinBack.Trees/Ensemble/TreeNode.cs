namespace WinBack.Trees.Ensemble;

/// <summary>One inner node of a <see cref="Tree"/>.</summary>
/// <remarks>
/// A child that is zero or more is the index of a node of the same tree; a negative child <c>c</c> is the leaf <c>~c</c>.
/// This is the convention of ML.NET and LightGBM, so their trees are read without renumbering.
/// </remarks>
public readonly record struct TreeNode
{
    /// <summary>Index into the feature vector.</summary>
    public int Feature { get; init; }

    /// <summary>Compared with the value; in the feature's own units. Not read by the set kinds.</summary>
    public float Threshold { get; init; }

    public SplitKind Kind { get; init; }

    /// <summary>Where a missing value (NaN) goes. Not read by <see cref="SplitKind.AnySlotPositive"/>.</summary>
    public bool MissingGoesLeft { get; init; }

    /// <summary>Whether <c>|x| &lt;= 1e-35</c> also counts as missing (LightGBM's zero_as_missing). Numeric kinds only.</summary>
    public bool ZeroIsMissing { get; init; }

    /// <summary>Index into <see cref="Tree.Sets"/>; only read by the set kinds.</summary>
    public int Set { get; init; }

    public int Left { get; init; }

    public int Right { get; init; }

    /// <summary>Whether the node looks up a set rather than comparing with <see cref="Threshold"/>.</summary>
    public bool HasSet => Kind is SplitKind.CategoryIn or SplitKind.ValueIn or SplitKind.AnySlotPositive;
}
