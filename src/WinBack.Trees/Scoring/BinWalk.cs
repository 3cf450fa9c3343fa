using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WinBack.Trees.Scoring;

/// <summary>Finds the leaf of one tree for a block of binned rows: a row of bins per question, one comparison for all.</summary>
/// <remarks>
/// Every node is visited, depth first, whatever the rows do, so there is nothing to mispredict. The rows that reach a node are
/// a mask, kept in the slot of its depth; rows that go right add the leaves they leave behind to their leaf number.
/// </remarks>
internal static class BinWalk
{
    [SkipLocalsInit]
    public static void Leaves512<T>(ReadOnlySpan<BinNode<T>> nodes, ReadOnlySpan<T> bins, Span<T> leaves)
        where T : unmanaged, INumberBase<T>
    {
        Span<Vector512<T>> reached = stackalloc Vector512<T>[BlockScorer.MaxSlots];
        ref Vector512<T> slot = ref MemoryMarshal.GetReference(reached);
        ref T source = ref MemoryMarshal.GetReference(bins);
        for (int from = 0; from < leaves.Length; from += Vector512<T>.Count)
        {
            slot = Vector512<T>.AllBitsSet;
            var leaf = Vector512<T>.Zero;
            foreach (ref readonly var node in nodes)
            {
                ref Vector512<T> here = ref Unsafe.Add(ref slot, node.Slot);
                var right = here & Vector512.GreaterThan(
                    Vector512.LoadUnsafe(ref source, (nuint)(node.Column + from)), Vector512.Create(node.Bin));
                Unsafe.Add(ref here, 1) = Vector512.AndNot(here, right);
                here = right;
                leaf += right & Vector512.Create(node.LeftLeaves);
            }

            leaf.StoreUnsafe(ref MemoryMarshal.GetReference(leaves), (nuint)from);
        }
    }

    [SkipLocalsInit]
    public static void Leaves256<T>(ReadOnlySpan<BinNode<T>> nodes, ReadOnlySpan<T> bins, Span<T> leaves)
        where T : unmanaged, INumberBase<T>
    {
        Span<Vector256<T>> reached = stackalloc Vector256<T>[BlockScorer.MaxSlots];
        ref Vector256<T> slot = ref MemoryMarshal.GetReference(reached);
        ref T source = ref MemoryMarshal.GetReference(bins);
        for (int from = 0; from < leaves.Length; from += Vector256<T>.Count)
        {
            slot = Vector256<T>.AllBitsSet;
            var leaf = Vector256<T>.Zero;
            foreach (ref readonly var node in nodes)
            {
                ref Vector256<T> here = ref Unsafe.Add(ref slot, node.Slot);
                var right = here & Vector256.GreaterThan(
                    Vector256.LoadUnsafe(ref source, (nuint)(node.Column + from)), Vector256.Create(node.Bin));
                Unsafe.Add(ref here, 1) = Vector256.AndNot(here, right);
                here = right;
                leaf += right & Vector256.Create(node.LeftLeaves);
            }

            leaf.StoreUnsafe(ref MemoryMarshal.GetReference(leaves), (nuint)from);
        }
    }
}
