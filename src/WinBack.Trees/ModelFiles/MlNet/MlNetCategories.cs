namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>A node that goes right when any of some one-hot slots is above zero.</summary>
/// <param name="Node">Its index.</param>
/// <param name="Slots">Ascending.</param>
/// <param name="First">Least slot of the range that holds them.</param>
/// <param name="Last">Largest slot of the range that holds them.</param>
internal sealed record MlNetCategories(int Node, int[] Slots, int First, int Last);
