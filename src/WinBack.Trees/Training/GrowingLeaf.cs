namespace WinBack.Trees.Training;

/// <summary>A leaf of the tree being grown: its rows, sums and best split.</summary>
internal sealed class GrowingLeaf
{
    /// <summary>First place in the row order.</summary>
    public required int Start { get; init; }

    public required GradientSum Sum { get; init; }

    /// <summary>Comparisons on the way here.</summary>
    public required int Depth { get; init; }

    /// <summary>The node above, or -1 for the root.</summary>
    public required int Parent { get; init; }

    public required bool IsLeftChild { get; init; }

    public required OutputBounds Bounds { get; init; }

    public int Rows => Sum.Rows;

    /// <summary>Null once the leaf can no longer be split.</summary>
    public Histograms? Histograms { get; set; }

    public SplitCandidate Best { get; set; }
}
