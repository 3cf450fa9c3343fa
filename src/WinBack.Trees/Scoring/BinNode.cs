using System.Runtime.InteropServices;

namespace WinBack.Trees.Scoring;

/// <summary>One node as <see cref="BinTrees{T}"/> walks it: depth first, the left child right behind its parent.</summary>
/// <param name="column">Where the bins of its column begin.</param>
/// <param name="slot">Where the rows that reach it are noted; the left child has the next slot, the right child this one.</param>
/// <param name="bin">The largest bin that goes left.</param>
/// <param name="leftLeaves">Leaves below the left child: the leaf number grows by so much when a row goes right.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct BinNode<T>(int column, int slot, T bin, T leftLeaves)
    where T : unmanaged
{
    public readonly int Column = column;
    public readonly int Slot = slot;
    public readonly T Bin = bin;
    public readonly T LeftLeaves = leftLeaves;
}
