namespace WinBack.Trees.Training;

/// <summary>Which leaf of a growing tree is split next.</summary>
public enum TreeGrowth
{
    /// <summary>The one that gains most, wherever it is: fewer leaves for the same loss, deeper trees.</summary>
    LeafWise = 0,

    /// <summary>Level by level, within a level the one that gains most: balanced trees, harder to overfit small data with.</summary>
    DepthWise = 1,
}
