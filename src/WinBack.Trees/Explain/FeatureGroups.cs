using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Explain;

/// <summary>The parts that a score is divided among: mostly one feature each.</summary>
/// <remarks>
/// One-hot slots that one categorical question reads together (<see cref="SplitKind.AnySlotPositive"/>) hold one fact, so
/// they are one group: a question about several of them cannot be divided among them.
/// </remarks>
public sealed class FeatureGroups
{
    private readonly int[] _groupOf;

    private FeatureGroups(int[] groupOf, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        _groupOf = groupOf;
        Members = groups;
    }

    /// <summary>The features of each group, ascending; groups in the order of their first feature.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Members { get; }

    public int Count => Members.Count;

    public int GroupOf(int feature) => _groupOf[feature];

    internal static FeatureGroups Of(TreeEnsemble ensemble)
    {
        int[] leader = Enumerable.Range(0, ensemble.FeatureCount).ToArray();
        foreach (var tree in ensemble.Trees)
        {
            foreach (ref readonly var node in tree.Nodes)
            {
                if (node.Kind == SplitKind.AnySlotPositive)
                {
                    Join(leader, tree.Sets[node.Set]);
                }
            }
        }

        var groups = Enumerable.Range(0, leader.Length).GroupBy(feature => Leader(leader, feature)).Select(g => g.ToArray()).ToArray();
        var groupOf = new int[leader.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            foreach (int feature in groups[g])
            {
                groupOf[feature] = g;
            }
        }

        return new FeatureGroups(groupOf, groups);
    }

    /// <summary>The group that a node asks; -1 for a question about no slot at all.</summary>
    internal int GroupOf(Tree tree, in TreeNode node)
    {
        if (node.Kind != SplitKind.AnySlotPositive)
        {
            return _groupOf[node.Feature];
        }

        var slots = tree.Sets[node.Set].Values;
        return slots.Length == 0 ? -1 : _groupOf[(int)slots[0]];
    }

    private static void Join(int[] leader, ValueSet slots)
    {
        for (int i = 1; i < slots.Values.Length; i++)
        {
            leader[Leader(leader, (int)slots.Values[i])] = Leader(leader, (int)slots.Values[0]);
        }
    }

    private static int Leader(int[] leader, int feature)
    {
        while (leader[feature] != feature)
        {
            feature = leader[feature];
        }

        return feature;
    }
}
