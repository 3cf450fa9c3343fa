using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The portable scorer for single rows: no branches, eight trees at a time, no allocation.</summary>
/// <remarks>
/// Method: floats become order-preserving integers (<see cref="OrderedKey"/>); each step of a walk is
/// <c>next = left + (key &lt; x)</c> computed from the sign bit, so there is nothing to mispredict; eight independent walks
/// hide the load latency; a group runs as many steps as its deepest tree, the others wait in their leaf. Leaf values are
/// then added in tree order, so the sum has the same bits as <see cref="ReferenceScorer"/>.
/// Limit: 65,535 slots in a group of eight trees and 65,535 key columns; see <see cref="TryCreate"/>.
/// Safe for concurrent use.
/// </remarks>
public sealed class FlatScorer : RowScorer
{
    /// <summary>Up to this many keys live on the stack; more are rented.</summary>
    private const int StackKeys = 1024;

    private readonly FlatLayout _layout;

    private FlatScorer(TreeEnsemble ensemble, FlatLayout layout)
        : base(ensemble)
    {
        _layout = layout;
    }

    public override ScoringPath Path => ScoringPath.Portable;

    /// <summary>Prepares an ensemble, or gives null when it does not fit the 16-bit layout (use <see cref="ReferenceScorer"/>).</summary>
    public static FlatScorer? TryCreate(TreeEnsemble ensemble)
    {
        var layout = FlatLayout.TryBuild(ensemble);
        return layout is null ? null : new FlatScorer(ensemble, layout);
    }

    private protected override void LeafValues(ReadOnlySpan<float> features, Span<double> byTree) =>
        Walk(features, _layout.LeafValues, byTree);

    private protected override void LeafNumbers(ReadOnlySpan<float> features, Span<int> byTree) =>
        Walk(features, _layout.LeafNumbers, byTree);

    /// <summary>Walks all trees and writes what <paramref name="bySlot"/> holds at each leaf, by tree index.</summary>
    [SkipLocalsInit]
    private void Walk<T>(ReadOnlySpan<float> features, T[] bySlot, Span<T> byTree)
    {
        int width = Math.Max(1, _layout.Keys.Width);
        int[]? rented = width <= StackKeys ? null : ArrayPool<int>.Shared.Rent(width);
        Span<int> keys = rented is null ? stackalloc int[StackKeys] : rented;

        // Leaves read column 0 and ignore it; without any split nobody else writes it.
        keys[0] = 0;
        _layout.Keys.Fill(features, keys[..width]);
        for (int g = 0; g < _layout.GroupStart.Length; g++)
        {
            WalkGroup(g, keys, bySlot, byTree);
        }

        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private void WalkGroup<T>(int g, ReadOnlySpan<int> keys, T[] bySlot, Span<T> byTree)
    {
        int start = _layout.GroupStart[g];
        ref FlatNode nodes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_layout.Nodes), start);
        ref int row = ref MemoryMarshal.GetReference(keys);
        nuint a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, h = 6, i = 7;
        for (int step = _layout.GroupDepth[g]; step > 0; step--)
        {
            a = Next(ref nodes, ref row, a);
            b = Next(ref nodes, ref row, b);
            c = Next(ref nodes, ref row, c);
            d = Next(ref nodes, ref row, d);
            e = Next(ref nodes, ref row, e);
            f = Next(ref nodes, ref row, f);
            h = Next(ref nodes, ref row, h);
            i = Next(ref nodes, ref row, i);
        }

        ReadOnlySpan<nuint> reached = [a, b, c, d, e, f, h, i];
        var order = _layout.Order.AsSpan(g * FlatLayout.Lanes, Math.Min(FlatLayout.Lanes, _layout.Order.Length - (g * FlatLayout.Lanes)));
        for (int lane = 0; lane < order.Length; lane++)
        {
            byTree[order[lane]] = bySlot[start + (int)reached[lane]];
        }
    }

    /// <summary>One step: the sign of key - x, as a 64-bit difference that cannot overflow, is the choice.</summary>
    /// <remarks>The slots and columns were made by <see cref="FlatLayout"/> from a validated ensemble, so they are in range.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Next(ref FlatNode nodes, ref int row, nuint at)
    {
        ref FlatNode node = ref Unsafe.Add(ref nodes, at);
        long difference = (long)node.Key - Unsafe.Add(ref row, (nuint)node.Column);
        return node.Left + (nuint)((ulong)difference >> 63);
    }
}
