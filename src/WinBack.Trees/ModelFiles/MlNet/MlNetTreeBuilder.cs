using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Reads the arrays of one ML.NET tree and turns them into ours. Children follow the same convention in both.</summary>
/// <remarks>
/// Where a node's default for missing is not zero anywhere in the tree, ML.NET puts the default in the place of NaN, so the
/// direction is that of the default; otherwise NaN compares false and goes right. Categorical nodes list one-hot slots.
/// A tree whose first child is 0 is a dummy and adds nothing.
/// </remarks>
internal sealed class MlNetTreeBuilder(ModelKey key, bool hasDefaults, bool hasCategories)
{
    private readonly ByteReader _body = key.Body;

    /// <summary>Largest feature a node reads; -1 without nodes.</summary>
    public int LargestFeature { get; private set; } = -1;

    public MlNetTreeArrays Read(byte type)
    {
        // The initializers run in the order in which the file has the arrays.
        var tree = new MlNetTreeArrays
        {
            Type = type,
            Leaves = _body.Int32(),
            MaxOutput = _body.Double(),
            Weight = _body.Double(),
            Left = Ints("left children"),
            Right = Ints("right children"),
            Features = Ints("split features"),
            Categories = hasCategories ? ReadCategories() : [],
            BinThresholds = Ints("bin thresholds"),
            Thresholds = Singles("thresholds"),
            Defaults = hasDefaults ? Singles("defaults") : [],
            LeafValues = Doubles("leaf values"),
            Gains = Doubles("gains"),
            PValues = Doubles("p-values"),
            PreviousValues = Doubles("previous leaf values"),
        };
        CheckLengths(tree);
        return tree;
    }

    public void SkipForestSamples(bool hasWeights)
    {
        Doubles("labels");
        if (hasWeights)
        {
            Doubles("instance weights");
        }
    }

    public Tree Build(MlNetTreeArrays tree, int output)
    {
        if (tree.Leaves == 1 || tree.Left[0] == 0)
        {
            return new Tree([], [0]) { Output = output };
        }

        int count = tree.Leaves - 1;
        bool substitutes = tree.Defaults.Take(count).Any(value => value != 0);
        var slots = tree.Categories.ToDictionary(categories => categories.Node, categories => categories.Slots);
        var nodes = new TreeNode[count];
        var sets = new List<ValueSet>();
        for (int n = 0; n < count; n++)
        {
            nodes[n] = slots.TryGetValue(n, out int[]? asked) ? SlotNode(tree, n, asked, sets) : NumberNode(tree, n, substitutes);
        }

        return new Tree(nodes, tree.LeafValues[..tree.Leaves])
        {
            Output = output,
            Sets = sets,
            Gains = tree.Gains.Length >= count ? tree.Gains.Take(count).Select(gain => (float)gain).ToArray() : [],
        };
    }

    private TreeNode SlotNode(MlNetTreeArrays tree, int n, int[] slots, List<ValueSet> sets)
    {
        sets.Add(new ValueSet(slots.Select(slot => (float)slot)));
        LargestFeature = Math.Max(LargestFeature, slots.Length == 0 ? -1 : slots.Max());
        return new TreeNode { Kind = SplitKind.AnySlotPositive, Set = sets.Count - 1, Left = tree.Left[n], Right = tree.Right[n] };
    }

    private TreeNode NumberNode(MlNetTreeArrays tree, int n, bool substitutes)
    {
        LargestFeature = Math.Max(LargestFeature, tree.Features[n]);
        return new TreeNode
        {
            Kind = SplitKind.LessOrEqual,
            Feature = tree.Features[n],
            Threshold = tree.Thresholds[n],
            MissingGoesLeft = substitutes && tree.Defaults[n] <= tree.Thresholds[n],
            Left = tree.Left[n],
            Right = tree.Right[n],
        };
    }

    /// <summary>For each listed node the one-hot slots, then the range that they lie in.</summary>
    private List<MlNetCategories> ReadCategories()
    {
        var all = new List<MlNetCategories>();
        foreach (int node in Ints("categorical nodes"))
        {
            var categories = new MlNetCategories(node, Ints("categorical slots"), _body.Int32(), _body.Int32());
            if (categories.Slots.Any(slot => slot is < 0 or >= 1 << 24))
            {
                throw key.Fault($"The categorical node {node} has a slot out of range.");
            }

            all.Add(categories);
        }

        return all.Select(categories => categories.Node).Distinct().Count() == all.Count
            ? all
            : throw key.Fault("A categorical node is listed twice.");
    }

    private void CheckLengths(MlNetTreeArrays tree)
    {
        int nodes = tree.Leaves - 1;
        bool fits = tree.Leaves >= 1
            && tree.Left.Length >= Math.Max(nodes, 1) && tree.Right.Length >= nodes
            && tree.Features.Length >= nodes && tree.Thresholds.Length >= nodes
            && (tree.Defaults.Length == 0 || tree.Defaults.Length >= nodes)
            && tree.LeafValues.Length >= tree.Leaves;
        if (!fits)
        {
            throw key.Fault($"A tree of {tree.Leaves} leaves has arrays of {tree.Left.Length} nodes and {tree.LeafValues.Length} leaf values.");
        }
    }

    private float[] Singles(string what) => _body.Singles(_body.Count(what, sizeof(float)));

    private int[] Ints(string what) => _body.Int32s(_body.Count(what, sizeof(int)));

    private double[] Doubles(string what) => _body.Doubles(_body.Count(what, sizeof(double)));
}
