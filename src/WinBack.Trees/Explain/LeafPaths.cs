using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Explain;

/// <summary>Writes down the way to every leaf of a tree.</summary>
internal sealed class LeafPaths
{
    private readonly Tree _tree;
    private readonly FeatureGroups _groups;
    private readonly double[] _weights;
    private readonly Stack<(int Group, double Share, LeafPath.Step Step)> _way = new();
    private readonly List<LeafPath> _paths = [];

    private LeafPaths(Tree tree, FeatureGroups groups)
    {
        _tree = tree;
        _groups = groups;
        _weights = NodeWeights(tree, tree.LeafWeights);
    }

    /// <summary>The ways to all leaves, for a tree whose leaves know their training weight.</summary>
    public static IReadOnlyList<LeafPath> Of(Tree tree, FeatureGroups groups)
    {
        var paths = new LeafPaths(tree, groups);
        paths.Visit(tree.Nodes.Length == 0 ? ~0 : 0);
        return paths._paths;
    }

    private void Visit(int child)
    {
        if (child < 0)
        {
            _paths.Add(Gather(_tree.LeafValues[~child]));
            return;
        }

        var node = _tree.Nodes[child];
        double left = Weight(node.Left);
        double right = Weight(node.Right);

        // Where no training row came by, both sides are as likely as each other.
        double share = left + right > 0 ? left / (left + right) : 0.5;
        int group = _groups.GroupOf(_tree, node);
        if (group < 0)
        {
            // No slot can be positive: every row goes left.
            Visit(node.Left);
            return;
        }

        _way.Push((group, share, new LeafPath.Step(child, true, 0)));
        Visit(node.Left);
        _way.Pop();
        _way.Push((group, 1 - share, new LeafPath.Step(child, false, 0)));
        Visit(node.Right);
        _way.Pop();
    }

    private LeafPath Gather(double value)
    {
        var groups = new List<int>();
        var shares = new List<double>();
        var steps = new List<LeafPath.Step>();
        foreach (var (group, share, step) in _way.Reverse())
        {
            int place = groups.IndexOf(group);
            if (place < 0)
            {
                place = groups.Count;
                groups.Add(group);
                shares.Add(1);
            }

            shares[place] *= share;
            steps.Add(step with { Place = place });
        }

        return new LeafPath(value, groups.ToArray(), shares.ToArray(), steps.ToArray());
    }

    private double Weight(int child) => child >= 0 ? _weights[child] : _tree.LeafWeights[~child];

    /// <summary>Sums of the leaves below, which also serves files that count rows at the leaves only.</summary>
    public static double[] NodeWeights(Tree tree, float[] leafWeights)
    {
        var weights = new double[tree.Nodes.Length];
        var order = new List<int>(weights.Length);
        var open = new Stack<int>(weights.Length > 0 ? [0] : []);
        while (open.TryPop(out int at))
        {
            order.Add(at);
            if (tree.Nodes[at].Left >= 0)
            {
                open.Push(tree.Nodes[at].Left);
            }

            if (tree.Nodes[at].Right >= 0)
            {
                open.Push(tree.Nodes[at].Right);
            }
        }

        for (int i = order.Count - 1; i >= 0; i--)
        {
            var node = tree.Nodes[order[i]];
            weights[order[i]] = Below(node.Left) + Below(node.Right);
        }

        return weights;

        double Below(int child) => child >= 0 ? weights[child] : leafWeights[~child];
    }
}
