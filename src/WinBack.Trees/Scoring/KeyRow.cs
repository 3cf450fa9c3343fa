using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Lays out and fills the row of integer keys that the nodes read.</summary>
/// <remarks>
/// The row holds up to four copies of the features, one for each way a node treats missing values (NaN or zero as missing,
/// to the left or to the right), then one derived column per categorical question. A node picks the copy it needs, so
/// missing-value directions cost nothing during the walk. Only copies that some node reads are laid out.
/// </remarks>
internal sealed class KeyRow
{
    private readonly int _featureCount;
    private readonly int[] _copyStart = [-1, -1, -1, -1];
    private readonly SetColumns _sets = new();

    public KeyRow(TreeEnsemble ensemble)
    {
        _featureCount = ensemble.FeatureCount;
        foreach (var tree in ensemble.Trees)
        {
            foreach (ref readonly var node in tree.Nodes)
            {
                if (!node.HasSet && _copyStart[Copy(node)] < 0)
                {
                    _copyStart[Copy(node)] = Width;
                    Width += _featureCount;
                }
            }
        }

        SetStart = Width;
    }

    /// <summary>Keys per row.</summary>
    public int Width { get; private set; }

    private int SetStart { get; }

    /// <summary>The column a node reads; adds a derived column for a categorical question not asked before.</summary>
    public int ColumnOf(Tree tree, in TreeNode node)
    {
        if (!node.HasSet)
        {
            return _copyStart[Copy(node)] + node.Feature;
        }

        int column = SetStart + _sets.PlaceOf(tree, node);
        Width = SetStart + _sets.Count;
        return column;
    }

    /// <summary>Fills the keys of one row. Allocates nothing.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <param name="keys">Shape [<see cref="Width"/>].</param>
    public void Fill(ReadOnlySpan<float> features, Span<int> keys)
    {
        for (int copy = 0; copy < _copyStart.Length; copy++)
        {
            if (_copyStart[copy] >= 0)
            {
                FillCopy(features, keys.Slice(_copyStart[copy], _featureCount), copy);
            }
        }

        for (int s = 0; s < _sets.Count; s++)
        {
            keys[SetStart + s] = _sets[s].Key(features);
        }
    }

    private static int Copy(in TreeNode node) => (node.MissingGoesLeft ? 1 : 0) | (node.ZeroIsMissing ? 2 : 0);

    private static void FillCopy(ReadOnlySpan<float> features, Span<int> keys, int copy)
    {
        int missing = (copy & 1) != 0 ? int.MinValue : int.MaxValue;
        bool zeroIsMissing = (copy & 2) != 0;
        int i = zeroIsMissing ? 0 : FillVectors(features, keys, missing);
        for (; i < features.Length; i++)
        {
            float x = features[i];
            bool isMissing = float.IsNaN(x) || (zeroIsMissing && Math.Abs(x) <= ReferenceScorer.ZeroThreshold);
            keys[i] = isMissing ? missing : OrderedKey.Of(x);
        }
    }

    /// <summary>The common copies, eight features at a time.</summary>
    /// <returns>The number of features done.</returns>
    private static int FillVectors(ReadOnlySpan<float> features, Span<int> keys, int missing)
    {
        ref float source = ref MemoryMarshal.GetReference(features);
        ref int target = ref MemoryMarshal.GetReference(keys);
        var missingKeys = Vector256.Create(missing);
        int i = 0;
        for (; i <= features.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var x = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, i)) + Vector256<float>.Zero;
            var bits = x.AsInt32();
            var key = bits ^ (Vector256.ShiftRightArithmetic(bits, 31) & Vector256.Create(int.MaxValue));
            var isNumber = Vector256.Equals(x, x).AsInt32();
            Vector256.ConditionalSelect(isNumber, key, missingKeys).StoreUnsafe(ref Unsafe.Add(ref target, i));
        }

        return i;
    }
}
