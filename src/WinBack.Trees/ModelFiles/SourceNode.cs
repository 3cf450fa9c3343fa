using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles;

/// <summary>A node of a foreign tree, where leaves and inner nodes share one numbering.</summary>
/// <param name="Id">The source's number of the node.</param>
/// <param name="IsLeaf">Whether <paramref name="Value"/> or <paramref name="Split"/> counts.</param>
/// <param name="Value">Leaf value.</param>
/// <param name="Split">The question; its children are indices of source nodes.</param>
/// <param name="Weight">Training weight that reached the node; NaN when unknown.</param>
/// <param name="Gain">Gain of the split; NaN when unknown.</param>
internal readonly record struct SourceNode(int Id, bool IsLeaf, double Value, TreeNode Split, float Weight = float.NaN, float Gain = float.NaN);
