using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WinBack.Trees.Training;

/// <summary>Grows one tree after the other, best leaf first, from binned rows and rounded gradients.</summary>
/// <remarks>
/// 1. Take the leaf with the largest gain and part its rows, keeping their order.
/// 2. Build the histograms of the smaller child; the larger child's are the parent's minus those.
/// 3. Look for the best split of both children.
/// Steps 2 and 3 run block by block in parallel; all sums are exact integers, so the threads cannot change the tree.
/// Loops over rows and bins, here and in what is called from here, are marked to be optimized at once: a training is over
/// before the runtime has found out that they are hot, and took twice the processor time until then.
/// Buffers are kept between trees. Not safe for concurrent use.
/// </remarks>
internal sealed class TreeGrower
{
    /// <summary>Below this many rows times blocks, starting threads costs more than it saves.</summary>
    private const int ParallelWork = 32_768;

    private readonly BinnedTable _table;
    private readonly TrainingOptions _options;
    private readonly double _largestStep;
    private readonly double _scorePerStep;
    private readonly ParallelOptions _parallel;
    private readonly RoundSample _sample;
    private readonly SplitSearch _search;
    private readonly int[] _spare;
    private readonly Stack<Histograms> _free = new();
    private readonly SplitCandidate[] _leftFound;
    private readonly SplitCandidate[] _rightFound;

    /// <param name="table">The rows to learn from.</param>
    /// <param name="options">Validated settings.</param>
    /// <param name="directions">Shape [F]; -1 or +1 where the answer must be monotone, else 0.</param>
    /// <param name="largestStep">Bound on a leaf's Newton step.</param>
    /// <param name="scorePerStep">Raw-score units per unit of step: 1, or 1 / (2 * rate) in the FastTree recipe.</param>
    /// <param name="parallel">Threads.</param>
    public TreeGrower(
        BinnedTable table, TrainingOptions options, int[] directions, double largestStep, double scorePerStep,
        ParallelOptions parallel)
    {
        _table = table;
        _options = options;
        _largestStep = largestStep;
        _scorePerStep = scorePerStep;
        _parallel = parallel;
        _sample = new RoundSample(options, table.Features.Length);
        _search = new SplitSearch(table, options, directions, _sample);
        RowOrder = new int[table.RowCount];
        _spare = new int[table.RowCount];
        _leftFound = new SplitCandidate[table.BlockCount];
        _rightFound = new SplitCandidate[table.BlockCount];
    }

    /// <summary>The rows leaf by leaf after <see cref="Grow"/>: a leaf's rows start at its Start.</summary>
    public int[] RowOrder { get; }

    /// <summary>Whether the leaves of a tree hold all rows, so that <see cref="RowOrder"/> says where each row is.</summary>
    public bool SeesAllRows => _sample.TakesAllRows;

    /// <param name="round">From 1; draws the sample.</param>
    /// <param name="gradients">Shape [rows], as <see cref="GradientPass.Write"/> writes them.</param>
    /// <param name="scale">Units of the gradients.</param>
    public GrownTree Grow(int round, ulong[] gradients, GradientScale scale)
    {
        _search.Scale = scale;
        _sample.DrawFeatures(round);
        var tree = new GrowingTree(Root(_sample.DrawRows(round, RowOrder), gradients));
        while (tree.Leaves.Count < _options.Leaves)
        {
            int best = tree.BestLeaf(_options.Growth);
            if (best < 0)
            {
                break;
            }

            SplitLeaf(tree, best, gradients, isLast: tree.Leaves.Count + 1 == _options.Leaves);
        }

        tree.Leaves.ForEach(Free);
        return tree.Finish(StepOf, _scorePerStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private GrowingLeaf Root(int rows, ulong[] gradients)
    {
        var sum = default(GradientSum);
        foreach (int row in RowOrder.AsSpan(0, rows))
        {
            ulong pair = gradients[row];
            sum += new GradientSum(Vector128.Create((int)pair, ((long)(pair >> 32) << GradientSum.CountBits) | 1));
        }

        var root = new GrowingLeaf
        {
            Start = 0, Sum = sum, Depth = 0, Parent = -1, IsLeftChild = false, Bounds = OutputBounds.None,
        };
        if (_search.CanSplit(root))
        {
            root.Histograms = Rent();
            ForEachBlock(root.Rows, block =>
            {
                root.Histograms.BuildBlock(block, _table.Block(block), RowOrder.AsSpan(0, rows), gradients);
                _leftFound[block] = _search.FindInBlock(root, block);
            });
            root.Best = SplitSearch.BestOf(_leftFound);
        }

        return root;
    }

    private void SplitLeaf(GrowingTree tree, int leafNumber, ulong[] gradients, bool isLast)
    {
        var leaf = tree.Leaves[leafNumber];
        var split = leaf.Best;
        PartRows(leaf, split);
        var (leftBounds, rightBounds) = _search.ChildBounds(leaf, split);
        var (left, right) = tree.Split(
            leafNumber, _table.Features[split.Slot], _table.BinsOf(split.Slot), leftBounds, rightBounds);
        if (isLast || (!_search.CanSplit(left) && !_search.CanSplit(right)))
        {
            Free(leaf);
            return;
        }

        var (small, large) = left.Rows <= right.Rows ? (left, right) : (right, left);
        small.Histograms = Rent();
        large.Histograms = leaf.Histograms;
        leaf.Histograms = null;
        ForEachBlock(small.Rows, block =>
        {
            small.Histograms.BuildBlock(block, _table.Block(block), RowOrder.AsSpan(small.Start, small.Rows), gradients);
            large.Histograms!.SubtractBlock(block, small.Histograms);
            _leftFound[block] = _search.FindInBlock(left, block);
            _rightFound[block] = _search.FindInBlock(right, block);
        });
        left.Best = SplitSearch.BestOf(_leftFound);
        right.Best = SplitSearch.BestOf(_rightFound);
    }

    /// <summary>A stable partition of the leaf's rows: those that go left first.</summary>
    private void PartRows(GrowingLeaf leaf, SplitCandidate split)
    {
        var rows = RowOrder.AsSpan(leaf.Start, leaf.Rows);
        var words = _table.Block(split.Slot / BinnedTable.BlockFeatures);
        int shift = 8 * (split.Slot % BinnedTable.BlockFeatures);

        Span<byte> goesLeft = stackalloc byte[256];
        for (int bin = 0; bin < goesLeft.Length; bin++)
        {
            goesLeft[bin] = split.GoesLeft(bin) ? (byte)1 : (byte)0;
        }

        int lefts = 0;
        int rights = 0;
        foreach (int row in rows)
        {
            int isLeft = goesLeft[(byte)(words[row] >> shift)];
            rows[lefts] = row;
            _spare[rights] = row;
            lefts += isLeft;
            rights += 1 - isLeft;
        }

        _spare.AsSpan(0, rights).CopyTo(rows[lefts..]);
    }

    private void ForEachBlock(int rows, Action<int> body)
    {
        if ((long)rows * _table.BlockCount >= ParallelWork && _parallel.MaxDegreeOfParallelism != 1)
        {
            Parallel.For(0, _table.BlockCount, _parallel, body);
            return;
        }

        for (int block = 0; block < _table.BlockCount; block++)
        {
            body(block);
        }
    }

    private double StepOf(GrowingLeaf leaf) =>
        _options.LearningRate * Math.Clamp(_search.Step(leaf), -_largestStep, _largestStep);

    private Histograms Rent() => _free.TryPop(out var histograms) ? histograms : new Histograms(_table.BlockCount);

    private void Free(GrowingLeaf leaf)
    {
        if (leaf.Histograms is not null)
        {
            _free.Push(leaf.Histograms);
            leaf.Histograms = null;
        }
    }
}
