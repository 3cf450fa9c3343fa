using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The columns of bins that some ensembles share.</summary>
/// <remarks>
/// A column is a feature with one way to treat missing values (see <see cref="KeyRow"/>), or the answer to a categorical
/// question. Its bounds are the thresholds of all ensembles together, so rows are binned once for all of them.
/// </remarks>
internal sealed class BinLayout
{
    private readonly Dictionary<(int Feature, int Copy), int> _columnOf = [];
    private readonly SetColumns _sets = new();
    private readonly BinColumn[] _columns;

    public BinLayout(IReadOnlyList<TreeEnsemble> ensembles, ScoringPath path)
    {
        var bounds = new SortedDictionary<(int Feature, int Copy), SortedSet<int>>();
        foreach (var tree in ensembles.SelectMany(ensemble => ensemble.Trees))
        {
            foreach (ref readonly var node in tree.Nodes)
            {
                Add(tree, node, bounds);
            }
        }

        foreach (var key in bounds.Keys)
        {
            _columnOf.Add(key, _columnOf.Count);
        }

        Numeric = bounds.Keys.ToArray();
        _columns = bounds.Values.Select(set => new BinColumn(set.ToArray(), path)).ToArray();
    }

    /// <summary>Feature and copy of each numeric column; they come first, sorted by feature.</summary>
    public IReadOnlyList<(int Feature, int Copy)> Numeric { get; }

    /// <summary>The categorical columns; they follow.</summary>
    public SetColumns Sets => _sets;

    public int Width => Numeric.Count + _sets.Count;

    /// <summary>The largest bin of any column.</summary>
    public int MaxBin => Math.Max(1, _columns.Select(column => column.BoundCount).DefaultIfEmpty().Max());

    public BinColumn Column(int numeric) => _columns[numeric];

    /// <summary>The column that a node reads, and the largest bin that it sends left.</summary>
    public (int Column, int Bin) PlaceOf(Tree tree, in TreeNode node)
    {
        if (node.HasSet)
        {
            return (Numeric.Count + _sets.PlaceOf(tree, node), 0);
        }

        int column = _columnOf[(node.Feature, Copy(node))];
        return (column, _columns[column].PlaceOf(QuestionKey.Of(node)));
    }

    private static int Copy(in TreeNode node) => (node.MissingGoesLeft ? 1 : 0) | (node.ZeroIsMissing ? 2 : 0);

    private void Add(Tree tree, in TreeNode node, SortedDictionary<(int Feature, int Copy), SortedSet<int>> bounds)
    {
        if (node.HasSet)
        {
            _sets.PlaceOf(tree, node);
            return;
        }

        var key = (node.Feature, Copy(node));
        if (!bounds.TryGetValue(key, out var set))
        {
            bounds.Add(key, set = []);
        }

        set.Add(QuestionKey.Of(node));
    }
}
