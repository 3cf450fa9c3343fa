using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The integer that a node compares with: a row goes left when its key is at most this.</summary>
internal static class QuestionKey
{
    /// <summary>x &lt; t is the same as key(x) &lt;= key(t) - 1; set columns hold 0 (left) or 1.</summary>
    public static int Of(in TreeNode node) => node.Kind switch
    {
        SplitKind.LessOrEqual => OrderedKey.Of(node.Threshold),
        SplitKind.LessThan => OrderedKey.Of(node.Threshold) - 1,
        _ => 0,
    };
}
