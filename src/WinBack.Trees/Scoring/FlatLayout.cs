using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Builds the flat node arrays: trees sorted by depth, in groups of eight that are walked together.</summary>
/// <remarks>
/// The roots of a group are its slots 0 to 7, so a walk starts from constants. Siblings are neighbours (right = left + 1),
/// written breadth first so that the hot top levels share cache lines. The last group is filled up with single leaves
/// whose values nobody reads.
/// </remarks>
internal sealed class FlatLayout
{
    public const int Lanes = 8;

    private FlatLayout(TreeEnsemble ensemble)
    {
        Keys = new KeyRow(ensemble);
        Order = Enumerable.Range(0, ensemble.Trees.Count).OrderBy(t => ensemble.Trees[t].Depth()).ToArray();
        int groups = (Order.Length + Lanes - 1) / Lanes;
        GroupStart = new int[groups];
        GroupDepth = new int[groups];
    }

    public KeyRow Keys { get; }

    /// <summary>Tree index by position: groups take eight positions each.</summary>
    public int[] Order { get; }

    /// <summary>Slot of the first root of each group.</summary>
    public int[] GroupStart { get; }

    /// <summary>Steps after which every tree of the group has reached a leaf.</summary>
    public int[] GroupDepth { get; }

    public FlatNode[] Nodes { get; private set; } = [];

    /// <summary>Leaf value by slot; 0 at inner nodes.</summary>
    public double[] LeafValues { get; private set; } = [];

    /// <summary>Leaf number in its tree by slot; -1 at inner nodes.</summary>
    public int[] LeafNumbers { get; private set; } = [];

    /// <summary>Lays the ensemble out, or gives null when it is too large for 16-bit columns or slots.</summary>
    public static FlatLayout? TryBuild(TreeEnsemble ensemble)
    {
        var layout = new FlatLayout(ensemble);
        var slots = new List<Slot>();
        for (int g = 0; g < layout.GroupStart.Length; g++)
        {
            layout.GroupStart[g] = slots.Count;
            var trees = layout.Order.AsSpan(g * Lanes, Math.Min(Lanes, layout.Order.Length - (g * Lanes)));
            layout.GroupDepth[g] = ensemble.Trees[trees[^1]].Depth();
            var group = layout.LayOutGroup(ensemble, trees);
            if (group.Count > ushort.MaxValue || layout.Keys.Width > ushort.MaxValue)
            {
                return null;
            }

            slots.AddRange(group);
        }

        layout.Nodes = slots.Select(slot => slot.Node).ToArray();
        layout.LeafValues = slots.Select(slot => slot.LeafValue).ToArray();
        layout.LeafNumbers = slots.Select(slot => slot.LeafNumber).ToArray();
        return layout;
    }

    private List<Slot> LayOutGroup(TreeEnsemble ensemble, ReadOnlySpan<int> trees)
    {
        var slots = new List<Slot>();
        var open = new Queue<(Tree? Tree, int Child, int Slot)>();
        for (int lane = 0; lane < Lanes; lane++)
        {
            var tree = lane < trees.Length ? ensemble.Trees[trees[lane]] : null;
            open.Enqueue((tree, tree is { Nodes.Length: > 0 } ? 0 : ~0, lane));
            slots.Add(default);
        }

        while (open.TryDequeue(out var at))
        {
            if (at.Child < 0)
            {
                double value = at.Tree?.LeafValues[~at.Child] ?? 0;
                slots[at.Slot] = new Slot(new FlatNode(int.MaxValue, 0, (ushort)at.Slot), value, ~at.Child);
                continue;
            }

            var node = at.Tree!.Nodes[at.Child];
            int left = slots.Count;
            slots[at.Slot] = new Slot(new FlatNode(QuestionKey.Of(node), (ushort)Keys.ColumnOf(at.Tree, node), (ushort)left), 0, -1);
            slots.Add(default);
            slots.Add(default);
            open.Enqueue((at.Tree, node.Left, left));
            open.Enqueue((at.Tree, node.Right, left + 1));
        }

        return slots;
    }

    private readonly record struct Slot(FlatNode Node, double LeafValue, int LeafNumber);
}
