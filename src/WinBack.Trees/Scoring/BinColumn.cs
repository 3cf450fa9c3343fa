using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WinBack.Trees.Scoring;

/// <summary>One column of bins: the thresholds that trees ask of a feature, sorted, and the search among them.</summary>
/// <remarks>
/// The bin of a key is the number of bounds below it, so a key is at most bound i exactly when its bin is at most i: a node
/// compares bins as it would keys. Missing values get the smallest or the largest key and so the first or the last bin.
/// </remarks>
internal sealed class BinColumn
{
    private readonly int[] _bounds;
    private readonly BinPivots? _pivots;

    /// <param name="bounds">Ascending and distinct.</param>
    /// <param name="path">Chooses the instructions.</param>
    public BinColumn(int[] bounds, ScoringPath path)
    {
        _bounds = bounds;
        _pivots = BinPivots.TryBuild(bounds, path);
    }

    public int BoundCount => _bounds.Length;

    /// <summary>The place of a node's key among the bounds.</summary>
    public int PlaceOf(int key) => Array.BinarySearch(_bounds, key);

    /// <summary>The bins of keys.</summary>
    /// <param name="keys">Shape [64].</param>
    /// <param name="bins">Shape [64].</param>
    public void Find<T>(ReadOnlySpan<int> keys, Span<T> bins)
        where T : unmanaged, INumberBase<T>
    {
        if (_pivots is not null)
        {
            _pivots.Find(keys, bins);
        }
        else
        {
            FindOneByOne(keys, bins);
        }
    }

    private void FindOneByOne<T>(ReadOnlySpan<int> keys, Span<T> bins)
        where T : unmanaged, INumberBase<T>
    {
        ref int bounds = ref MemoryMarshal.GetArrayDataReference(_bounds);
        for (int i = 0; i < keys.Length; i++)
        {
            long key = keys[i];
            int from = 0;
            int length = _bounds.Length;
            while (length > 0)
            {
                // Bounds below the key have a negative difference: its sign is the choice, and nothing is mispredicted.
                int half = (length + 1) / 2;
                from += half & (int)((Unsafe.Add(ref bounds, from + half - 1) - key) >> 63);
                length -= half;
            }

            bins[i] = T.CreateTruncating(from);
        }
    }
}
