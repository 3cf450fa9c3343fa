using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WinBack.Trees.Training;

/// <summary>Finds the best split of one leaf on one number, trying missing values on both sides.</summary>
/// <remarks>Equal gains keep the first bin, and missing to the right, so the result does not depend on timing.</remarks>
internal sealed class SplitFinder(SplitRules rules)
{
    /// <param name="sums">Shape [256]; the histogram of the feature.</param>
    /// <param name="slot">For the result.</param>
    /// <param name="bins">Bins without the missing one.</param>
    /// <param name="total">Sums of the leaf.</param>
    /// <param name="bounds">What the leaf may answer.</param>
    /// <param name="direction">-1 or +1 when the answer must not rise or fall with the feature, else 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SplitCandidate Find(
        ReadOnlySpan<Vector128<long>> sums, int slot, int bins, GradientSum total, OutputBounds bounds, int direction)
    {
        double bar = rules.Value(total, bounds) + rules.MinGain;
        var best = default(SplitCandidate);
        double bestValue = bar;
        var missing = new GradientSum(sums[FeatureBins.Missing]);
        bool hasMissing = missing.Rows > 0;
        var left = default(GradientSum);

        // Without missing values the last bin has nothing on its right; with them it separates missing from known.
        int last = hasMissing ? bins : bins - 1;
        for (int bin = 0; bin < last; bin++)
        {
            var here = new GradientSum(sums[bin]);
            if (here.Rows == 0)
            {
                continue;
            }

            left += here;
            if (TryImprove(left, total, bounds, direction, ref bestValue))
            {
                bool majority = !hasMissing && 2 * left.Rows > total.Rows;
                best = new SplitCandidate(bestValue - bar + rules.MinGain, slot, bin, majority, left);
            }

            if (hasMissing && TryImprove(left + missing, total, bounds, direction, ref bestValue))
            {
                best = new SplitCandidate(bestValue - bar + rules.MinGain, slot, bin, true, left + missing);
            }
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryImprove(GradientSum left, GradientSum total, OutputBounds bounds, int direction, ref double bestValue)
    {
        var right = total - left;
        if (!rules.IsLargeEnough(left) || !rules.IsLargeEnough(right))
        {
            return false;
        }

        double value = rules.Value(left, bounds) + rules.Value(right, bounds);
        if (value <= bestValue)
        {
            return false;
        }

        if (direction != 0 && direction * (rules.Step(right, bounds) - rules.Step(left, bounds)) < 0)
        {
            return false;
        }

        bestValue = value;
        return true;
    }
}
