namespace WinBack.Trees.Training;

/// <summary>Looks for the best split of a leaf over all features that the tree may ask for, block by block.</summary>
/// <remarks>Blocks may be searched at the same time; the first of equal gains wins in slot order, whatever the threads do.</remarks>
internal sealed class SplitSearch(BinnedTable table, TrainingOptions options, int[] directions, RoundSample sample)
{
    private SplitRules _rules = null!;
    private SplitFinder _numbers = null!;
    private CategorySplitFinder _categories = null!;

    /// <summary>Units of the sums; set before each tree.</summary>
    public GradientScale Scale
    {
        set
        {
            _rules = new SplitRules(options, value, isBounded: options.Monotone.Count > 0);
            _numbers = new SplitFinder(_rules);
            _categories = new CategorySplitFinder(_rules, options.CategoryL2);
        }
    }

    public SplitCandidate FindInBlock(GrowingLeaf leaf, int block)
    {
        var best = default(SplitCandidate);
        if (!CanSplit(leaf))
        {
            return best;
        }

        int end = Math.Min(table.Features.Length, (block + 1) * BinnedTable.BlockFeatures);
        for (int slot = block * BinnedTable.BlockFeatures; slot < end; slot++)
        {
            if (!sample.MayAsk[slot]) continue;
            var sums = leaf.Histograms!.Slot(slot);
            var found = table.BinsOf(slot) is CategoryBins categories
                ? _categories.Find(sums, slot, categories, leaf.Sum, leaf.Bounds)
                : _numbers.Find(sums, slot, table.BinsOf(slot).Count, leaf.Sum, leaf.Bounds, directions[table.Features[slot]]);
            best = found.Gain > best.Gain ? found : best;
        }

        return best;
    }

    public static SplitCandidate BestOf(SplitCandidate[] byBlock)
    {
        var best = default(SplitCandidate);
        foreach (var found in byBlock)
        {
            best = found.Gain > best.Gain ? found : best;
        }

        return best;
    }

    public bool CanSplit(GrowingLeaf leaf) =>
        leaf.Rows >= 2 * options.MinRowsPerLeaf && (options.MaxDepth == 0 || leaf.Depth < options.MaxDepth);

    /// <summary>
    /// Below a split on a monotone feature no leaf of one side may pass the middle of the two answers, so that whatever
    /// splits follow on other features, the sides stay in order.
    /// </summary>
    public (OutputBounds Left, OutputBounds Right) ChildBounds(GrowingLeaf leaf, SplitCandidate split)
    {
        int direction = directions[table.Features[split.Slot]];
        if (direction == 0) return (leaf.Bounds, leaf.Bounds);
        double middle = (_rules.Step(split.Left, leaf.Bounds) + _rules.Step(leaf.Sum - split.Left, leaf.Bounds)) / 2;
        return direction > 0
            ? (leaf.Bounds.AtMost(middle), leaf.Bounds.AtLeast(middle))
            : (leaf.Bounds.AtLeast(middle), leaf.Bounds.AtMost(middle));
    }

    /// <summary>What the leaf answers, in score units, before the learning rate.</summary>
    public double Step(GrowingLeaf leaf) => _rules.Step(leaf.Sum, leaf.Bounds);
}
