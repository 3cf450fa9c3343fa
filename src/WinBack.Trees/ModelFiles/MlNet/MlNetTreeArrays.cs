namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>One tree as ML.NET stores it, with what only its own tools use, so that a file is written as it was read.</summary>
/// <remarks>Arrays of nodes have the tree's capacity, which may be more than the nodes in use; an empty array stands for none.</remarks>
internal sealed record MlNetTreeArrays
{
    public const byte RegressionTree = 0;
    public const byte ForestTree = 2;

    public byte Type { get; init; } = RegressionTree;

    public required int Leaves { get; init; }

    public double MaxOutput { get; init; }

    public double Weight { get; init; } = 1;

    public required int[] Left { get; init; }
    public required int[] Right { get; init; }
    public required int[] Features { get; init; }

    /// <summary>Nodes that ask one-hot slots.</summary>
    public IReadOnlyList<MlNetCategories> Categories { get; init; } = [];

    public int[] BinThresholds { get; init; } = [];

    public required float[] Thresholds { get; init; }

    /// <summary>Put in the place of NaN where any is not zero.</summary>
    public float[] Defaults { get; init; } = [];

    public required double[] LeafValues { get; init; }

    public double[] Gains { get; init; } = [];
    public double[] PValues { get; init; } = [];
    public double[] PreviousValues { get; init; } = [];
}
