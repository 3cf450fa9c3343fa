using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>The categorical questions of some trees, each once, in the order in which they were first asked.</summary>
internal sealed class SetColumns
{
    private readonly List<SetColumn> _columns = [];
    private readonly Dictionary<SetColumn, int> _places = [];

    public int Count => _columns.Count;

    public SetColumn this[int place] => _columns[place];

    /// <summary>The place of a node's question; it is added when nobody asked it before.</summary>
    public int PlaceOf(Tree tree, in TreeNode node)
    {
        var column = new SetColumn(node.Kind, node.Feature, node.MissingGoesLeft, tree.Sets[node.Set]);
        if (!_places.TryGetValue(column, out int place))
        {
            place = _columns.Count;
            _columns.Add(column);
            _places.Add(column, place);
        }

        return place;
    }
}
