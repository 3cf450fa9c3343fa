using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles;

/// <summary>Nodes for which numbers around zero count as missing (LightGBM), for formats that do not know that.</summary>
internal static class ZeroAsMissing
{
    /// <summary>Where those numbers go the way of missing values by their size alone, there is nothing to say.</summary>
    /// <exception cref="ConversionException">They would go the other way.</exception>
    public static TreeNode Resolve(TreeNode node, string where, string target)
    {
        if (node.HasSet || !node.ZeroIsMissing)
        {
            return node;
        }

        const float zero = Scoring.ReferenceScorer.ZeroThreshold;
        return node.MissingGoesLeft == GoesLeft(node, zero) && node.MissingGoesLeft == GoesLeft(node, -zero)
            ? node with { ZeroIsMissing = false }
            : throw new ConversionException(target, $"{where} counts zero as missing");
    }

    private static bool GoesLeft(TreeNode node, float x) => node.Kind == SplitKind.LessOrEqual ? x <= node.Threshold : x < node.Threshold;
}
