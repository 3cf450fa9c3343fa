using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Lays out and fills the row of integer keys of <see cref="AnswerScorer"/>: at most 64, the smallest integer for missing.</summary>
/// <remarks>
/// Features first, in their order (only those that are asked for when there are more than 64), then those with zero as
/// missing, then a derived column per categorical question.
/// </remarks>
internal sealed class AnswerRow
{
    private const int Missing = int.MinValue;

    private readonly List<int> _features;
    private readonly List<int> _zeroIsMissing = [];
    private readonly SetColumns _sets = new();
    private readonly bool _isWhole;

    private AnswerRow(TreeEnsemble ensemble)
    {
        _isWhole = ensemble.FeatureCount <= AnswerLayout.MaxColumns;
        _features = _isWhole ? Enumerable.Range(0, ensemble.FeatureCount).ToList() : [];
        foreach (var tree in ensemble.Trees)
        {
            foreach (ref readonly var node in tree.Nodes)
            {
                Add(tree, node);
                if (Width > AnswerLayout.MaxColumns)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Columns in use.</summary>
    public int Width => _features.Count + _zeroIsMissing.Count + _sets.Count;

    /// <summary>Null when more columns are needed than fit.</summary>
    public static AnswerRow? TryBuild(TreeEnsemble ensemble)
    {
        var row = new AnswerRow(ensemble);
        return row.Width <= AnswerLayout.MaxColumns ? row : null;
    }

    public int ColumnOf(Tree tree, TreeNode node)
    {
        if (node.HasSet)
        {
            return _features.Count + _zeroIsMissing.Count + _sets.PlaceOf(tree, node);
        }

        return node.ZeroIsMissing ? _features.Count + _zeroIsMissing.IndexOf(node.Feature) : _features.IndexOf(node.Feature);
    }

    /// <summary>Fills the keys of one row. Allocates nothing.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    /// <param name="keys">Shape [64]; columns that are not in use are left as they are.</param>
    public void Fill(ReadOnlySpan<float> features, Span<int> keys)
    {
        int column = _isWhole ? FillVectors(features, keys) : 0;
        for (; column < _features.Count; column++)
        {
            float x = features[_features[column]];
            keys[column] = float.IsNaN(x) ? Missing : OrderedKey.Of(x);
        }

        foreach (int feature in _zeroIsMissing)
        {
            float x = features[feature];
            keys[column++] = float.IsNaN(x) || Math.Abs(x) <= ReferenceScorer.ZeroThreshold ? Missing : OrderedKey.Of(x);
        }

        for (int s = 0; s < _sets.Count; s++)
        {
            keys[column++] = _sets[s].Key(features);
        }
    }

    /// <summary>All features, eight at a time; the last eight overlap those before.</summary>
    /// <returns>The number of features done.</returns>
    private static int FillVectors(ReadOnlySpan<float> features, Span<int> keys)
    {
        int step = Vector256<float>.Count;
        if (features.Length < step)
        {
            return 0;
        }

        ref float source = ref MemoryMarshal.GetReference(features);
        ref int target = ref MemoryMarshal.GetReference(keys);
        nuint last = (nuint)(features.Length - step);
        for (nuint i = 0; i < last; i += (nuint)step)
        {
            KeysOf(Vector256.LoadUnsafe(ref source, i)).StoreUnsafe(ref target, i);
        }

        KeysOf(Vector256.LoadUnsafe(ref source, last)).StoreUnsafe(ref target, last);
        return features.Length;
    }

    private static Vector256<int> KeysOf(Vector256<float> values)
    {
        var x = values + Vector256<float>.Zero;
        var bits = x.AsInt32();
        var key = bits ^ (Vector256.ShiftRightArithmetic(bits, 31) & Vector256.Create(int.MaxValue));
        return Vector256.ConditionalSelect(Vector256.Equals(x, x).AsInt32(), key, Vector256.Create(Missing));
    }

    private void Add(Tree tree, in TreeNode node)
    {
        if (node.HasSet)
        {
            _sets.PlaceOf(tree, node);
            return;
        }

        var list = node.ZeroIsMissing ? _zeroIsMissing : _features;
        if (!list.Contains(node.Feature))
        {
            list.Add(node.Feature);
        }
    }
}
