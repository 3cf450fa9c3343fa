using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>The nodes and leaves of a tree while it grows.</summary>
internal sealed class GrowingTree
{
    private readonly List<TreeNode> _nodes = [];
    private readonly List<SplitCandidate> _splits = [];
    private readonly List<float> _nodeRows = [];
    private readonly List<ValueSet> _sets = [];

    public GrowingTree(GrowingLeaf root)
    {
        Leaves = [root];
    }

    /// <summary>By leaf number.</summary>
    public List<GrowingLeaf> Leaves { get; }

    /// <summary>The leaf to split next, the lowest number winning ties; -1 when none can be split.</summary>
    public int BestLeaf(TreeGrowth growth)
    {
        int best = -1;
        for (int leaf = 0; leaf < Leaves.Count; leaf++)
        {
            if (Leaves[leaf].Best.Exists && (best < 0 || IsBefore(Leaves[leaf], Leaves[best], growth)))
            {
                best = leaf;
            }
        }

        return best;
    }

    /// <summary>Replaces a leaf by a node. The left child keeps the leaf's number, the right child gets the next one.</summary>
    public (GrowingLeaf Left, GrowingLeaf Right) Split(
        int leafNumber, int feature, FeatureBins bins, OutputBounds leftBounds, OutputBounds rightBounds)
    {
        var leaf = Leaves[leafNumber];
        int node = _nodes.Count;
        _nodes.Add(Node(leaf.Best, feature, bins) with { Left = ~leafNumber, Right = ~Leaves.Count });
        _splits.Add(leaf.Best);
        _nodeRows.Add(leaf.Rows);
        if (leaf.Parent >= 0)
        {
            var parent = _nodes[leaf.Parent];
            _nodes[leaf.Parent] = leaf.IsLeftChild ? parent with { Left = node } : parent with { Right = node };
        }

        var left = Child(leaf, node, isLeft: true, leaf.Start, leaf.Best.Left, leftBounds);
        var right = Child(leaf, node, isLeft: false, leaf.Start + left.Rows, leaf.Sum - leaf.Best.Left, rightBounds);
        Leaves[leafNumber] = left;
        Leaves.Add(right);
        return (left, right);
    }

    /// <param name="step">The leaf's value in units of the objective's score, learning rate applied.</param>
    /// <param name="scorePerStep">Raw-score units per unit of step.</param>
    public GrownTree Finish(Func<GrowingLeaf, double> step, double scorePerStep)
    {
        double[] steps = Leaves.Select(step).ToArray();
        var tree = new Tree(_nodes.ToArray(), steps.Select(value => value * scorePerStep).ToArray())
        {
            Sets = _sets.ToArray(),
            Gains = _splits.Select(split => (float)split.Gain).ToArray(),
            NodeWeights = _nodeRows.ToArray(),
            LeafWeights = Leaves.Select(leaf => (float)leaf.Rows).ToArray(),
        };
        return new GrownTree(tree, _splits.ToArray(), steps, Leaves);
    }

    private TreeNode Node(SplitCandidate split, int feature, FeatureBins bins)
    {
        var node = new TreeNode { Feature = feature, MissingGoesLeft = split.MissingGoesLeft };
        if (split.Set is null)
        {
            return node with { Kind = SplitKind.LessOrEqual, Threshold = ((NumericBins)bins).UpperBound(split.Bin) };
        }

        _sets.Add(((CategoryBins)bins).ToSet(split.Set));
        return node with { Kind = SplitKind.CategoryIn, Set = _sets.Count - 1 };
    }

    private static bool IsBefore(GrowingLeaf leaf, GrowingLeaf other, TreeGrowth growth) =>
        growth == TreeGrowth.DepthWise && leaf.Depth != other.Depth
            ? leaf.Depth < other.Depth
            : leaf.Best.Gain > other.Best.Gain;

    private static GrowingLeaf Child(
        GrowingLeaf leaf, int node, bool isLeft, int start, GradientSum sum, OutputBounds bounds) => new()
    {
        Bounds = bounds,
        Start = start,
        Sum = sum,
        Depth = leaf.Depth + 1,
        Parent = node,
        IsLeftChild = isLeft,
    };
}
