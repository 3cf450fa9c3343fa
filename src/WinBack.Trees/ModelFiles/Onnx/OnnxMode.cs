using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>How an ONNX node compares, turned into our questions: true goes left, or right where the question is the opposite.</summary>
/// <remarks>
/// NaN compares false, unless missing_value_tracks_true. x &gt;= t is the opposite of x &lt; t, so its true child is our right one.
/// Only "not equal" is true for NaN by itself. Thresholds stored as double belong to double inputs; both are rounded to float
/// here, so values equal to a threshold stay equal.
/// </remarks>
internal static class OnnxMode
{
    public const string Leaf = "LEAF";

    /// <summary>Modes of the opset-5 operator by number.</summary>
    public static readonly string[] ByNumber =
        ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ", "BRANCH_MEMBER"];

    /// <param name="mode">Name of the mode.</param>
    /// <param name="feature">Feature index.</param>
    /// <param name="value">Threshold or value compared with.</param>
    /// <param name="missingIsTrue">missing_value_tracks_true.</param>
    /// <param name="whenTrue">Child for true.</param>
    /// <param name="whenFalse">Child for false.</param>
    /// <param name="members">For BRANCH_MEMBER.</param>
    /// <param name="sets">Collects sets.</param>
    /// <returns>Null for an unknown mode.</returns>
    public static TreeNode? Node(
        string mode, int feature, double value, bool missingIsTrue, int whenTrue, int whenFalse, IEnumerable<float> members, List<ValueSet> sets)
    {
        bool swaps = mode is "BRANCH_GTE" or "BRANCH_GT" or "BRANCH_NEQ";
        bool missingGoesToTrue = missingIsTrue || mode == "BRANCH_NEQ";
        var node = new TreeNode
        {
            Feature = feature,
            MissingGoesLeft = missingGoesToTrue != swaps,
            Left = swaps ? whenFalse : whenTrue,
            Right = swaps ? whenTrue : whenFalse,
        };
        switch (mode)
        {
            case "BRANCH_LEQ" or "BRANCH_GT":
                return node with { Kind = SplitKind.LessOrEqual, Threshold = (float)value };
            case "BRANCH_LT" or "BRANCH_GTE":
                return node with { Kind = SplitKind.LessThan, Threshold = (float)value };
            case "BRANCH_EQ" or "BRANCH_NEQ":
                sets.Add(new ValueSet(float.IsNaN((float)value) ? [] : [(float)value]));
                return node with { Kind = SplitKind.ValueIn, Set = sets.Count - 1 };
            case "BRANCH_MEMBER":
                sets.Add(new ValueSet(members));
                return node with { Kind = SplitKind.ValueIn, Set = sets.Count - 1 };
            default:
                return null;
        }
    }
}
