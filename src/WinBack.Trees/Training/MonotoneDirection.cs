namespace WinBack.Trees.Training;

/// <summary>How the prediction may move when one feature grows and nothing else changes.</summary>
public enum MonotoneDirection
{
    /// <summary>Never up.</summary>
    Decreasing = -1,

    /// <summary>Never down.</summary>
    Increasing = 1,
}
