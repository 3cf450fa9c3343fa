using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>Turns a question about a replaced and scaled number into one about the number itself.</summary>
internal static class StepFold
{
    /// <summary>Steps are monotone, so the rows that go left are all up to some float, or all from some float on.</summary>
    /// <param name="tree">For its sets.</param>
    /// <param name="node">Asks for the prepared value.</param>
    /// <param name="slot">Says how it is prepared.</param>
    /// <param name="feature">The column as a feature.</param>
    /// <param name="fault">Makes the error for steps that are not monotone.</param>
    public static TreeNode Apply(Tree tree, in TreeNode node, SlotSource slot, int feature, Func<string, ConversionException> fault)
    {
        if (float.IsNaN(Prepared(slot, float.MaxValue)) || float.IsNaN(Prepared(slot, float.MinValue)))
        {
            throw fault($"asks for '{slot.Name}', whose scaling overflows");
        }

        bool missing = GoesLeft(tree, node, Prepared(slot, float.NaN));
        int sign = slot.Steps.Where(step => !step.ReplacesMissing).Aggregate(1, (sign, step) => sign * Math.Sign(step.Second));
        if (sign == 0)
        {
            bool left = GoesLeft(tree, node, Prepared(slot, 0));
            var always = Always(feature, left ? node.Left : node.Right, left ? node.Right : node.Left);
            return always with { MissingGoesLeft = missing == left };
        }

        var question = node;
        float last = LastOf(x => GoesLeft(tree, question, Prepared(slot, x)) == (sign > 0));
        var (before, after) = sign > 0 ? (node.Left, node.Right) : (node.Right, node.Left);
        bool missingGoesBefore = missing == (sign > 0);
        return float.IsNaN(last)
            ? Always(feature, after, before) with { MissingGoesLeft = !missingGoesBefore }
            : new TreeNode { Feature = feature, Threshold = last, MissingGoesLeft = missingGoesBefore, Left = before, Right = after };
    }

    /// <summary>The largest float for which a condition holds that holds up to some float; NaN when it never does.</summary>
    private static float LastOf(Func<float, bool> holds)
    {
        long low = Ordered(float.NegativeInfinity) - 1;
        long high = Ordered(float.PositiveInfinity);
        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            (low, high) = holds(FromOrdered(middle)) ? (middle, high) : (low, middle - 1);
        }

        return low < Ordered(float.NegativeInfinity) ? float.NaN : FromOrdered(low);
    }

    private static long Ordered(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        return bits < 0 ? int.MinValue - (long)bits : bits;
    }

    private static float FromOrdered(long key) =>
        BitConverter.Int32BitsToSingle(key < 0 ? (int)(int.MinValue - key) : (int)key);

    public static bool GoesLeft(Tree tree, in TreeNode node, float x) => node.Kind switch
    {
        _ when float.IsNaN(x) => node.MissingGoesLeft,
        _ when !node.HasSet && node.ZeroIsMissing && Math.Abs(x) <= Scoring.ReferenceScorer.ZeroThreshold => node.MissingGoesLeft,
        SplitKind.LessOrEqual => x <= node.Threshold,
        SplitKind.LessThan => x < node.Threshold,
        SplitKind.CategoryIn => tree.Sets[node.Set].ContainsCategory(x),
        _ => tree.Sets[node.Set].Contains(x),
    };

    public static float Prepared(SlotSource slot, float value)
    {
        foreach (var step in slot.Steps)
        {
            value = step.Apply(value);
        }

        return value;
    }

    /// <summary>A question that every number answers with left.</summary>
    public static TreeNode Always(int feature, int left, int right) => new()
    {
        Feature = feature, Threshold = float.PositiveInfinity, MissingGoesLeft = true, Left = left, Right = right,
    };
}
