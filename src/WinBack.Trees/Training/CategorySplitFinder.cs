using System.Runtime.Intrinsics;

namespace WinBack.Trees.Training;

/// <summary>Finds the best split of one leaf on one categorical feature, trying missing values on both sides.</summary>
/// <remarks>
/// Of all ways to part the categories in two the best one parts them in the order of gradient / hessian (Fisher 1958, exact
/// without L2), so k categories need k trials instead of 2^(k-1). Smoothing and a penalty keep small categories from fitting
/// noise. Equal gains keep the first trial; equal orders keep the order of the bins.
/// </remarks>
internal sealed class CategorySplitFinder(SplitRules rules, double moreL2)
{
    /// <summary>Up to so many categories leave few ways to fit noise, so their splits are valued like those of numbers.</summary>
    private const int FewCategories = 4;

    /// <inheritdoc cref="SplitFinder.Find"/>
    public SplitCandidate Find(
        ReadOnlySpan<Vector128<long>> sums, int slot, CategoryBins bins, GradientSum total, OutputBounds bounds)
    {
        Span<int> order = stackalloc int[256];
        Span<double> keys = stackalloc double[256];
        int count = Sort(sums, bins.Count, order, keys);
        double penalty = count <= FewCategories ? 0 : moreL2;
        var missing = new GradientSum(sums[FeatureBins.Missing]);
        bool hasMissing = missing.Rows > 0;
        double bar = rules.Value(total, bounds) + rules.MinGain;
        var best = (Value: bar, Count: 0, MissingIsFirst: false, First: default(GradientSum));
        var first = default(GradientSum);
        int last = hasMissing ? count : count - 1;
        for (int i = 0; i < last; i++)
        {
            first += new GradientSum(sums[order[i]]);
            if (ValueOf(first, total, bounds, penalty) is var value && value > best.Value) best = (value, i + 1, false, first);
            if (!hasMissing) continue;
            if (ValueOf(first + missing, total, bounds, penalty) is var with && with > best.Value)
                best = (with, i + 1, true, first + missing);
        }

        if (best.Count == 0) return default;
        return Oriented(best.Value - bar + rules.MinGain, slot, bins, order[..count], best.Count, best.MissingIsFirst, hasMissing, best.First, total);
    }

    /// <summary>
    /// Which part goes left, and so into the set: the one without the rest; without a rest the smaller one, for then unknown
    /// categories go the way of most rows.
    /// </summary>
    private static SplitCandidate Oriented(
        double gain, int slot, CategoryBins bins, ReadOnlySpan<int> order, int firstCount, bool missingIsFirst, bool hasMissing,
        GradientSum first, GradientSum total)
    {
        int rest = order.IndexOf(bins.Rest);
        bool firstGoesLeft = rest >= 0 ? rest >= firstCount : 2 * first.Rows <= total.Rows;
        var set = new BinSet();
        foreach (int bin in firstGoesLeft ? order[..firstCount] : order[firstCount..]) set.Add(bin);
        var left = firstGoesLeft ? first : total - first;
        bool missingGoesLeft = hasMissing ? missingIsFirst == firstGoesLeft : 2 * left.Rows > total.Rows;
        return new SplitCandidate(gain, slot, Bin: -1, missingGoesLeft, left, set);
    }

    /// <summary>Puts the bins that hold rows in order; a stable insertion sort, for there are few of them.</summary>
    private int Sort(ReadOnlySpan<Vector128<long>> sums, int bins, Span<int> order, Span<double> keys)
    {
        int count = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            var here = new GradientSum(sums[bin]);
            if (here.Rows == 0) continue;
            double key = rules.Order(here);
            int at = count++;
            for (; at > 0 && keys[at - 1] > key; at--) (keys[at], order[at]) = (keys[at - 1], order[at - 1]);
            (keys[at], order[at]) = (key, bin);
        }

        return count;
    }

    private double ValueOf(GradientSum first, GradientSum total, OutputBounds bounds, double penalty)
    {
        var other = total - first;
        return rules.IsLargeEnough(first) && rules.IsLargeEnough(other)
            ? rules.Value(first, bounds, penalty) + rules.Value(other, bounds, penalty)
            : double.NegativeInfinity;
    }
}
