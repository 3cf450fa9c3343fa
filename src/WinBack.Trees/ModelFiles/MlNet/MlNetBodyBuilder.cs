using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Makes an ML.NET predictor of an ensemble that came from elsewhere.</summary>
/// <remarks>
/// ML.NET adds neither bias nor base score, so the base score moves into the leaves of the first tree, which leaves the sum the
/// same to the last bit. Every tree has at least two leaves there; a single leaf becomes two equal ones. Where missing values
/// go left at any node of a tree, each of its nodes gets a default that goes the right way.
/// </remarks>
internal static class MlNetBodyBuilder
{
    public const string Target = "an ML.NET .zip";

    /// <exception cref="ConversionException">The format cannot express something; it is named.</exception>
    public static MlNetBody Build(TreeEnsemble ensemble)
    {
        if (ensemble.OutputCount != 1)
        {
            throw new ConversionException(Target, $"the model has {ensemble.OutputCount} outputs, a tree predictor has one");
        }

        if (ensemble.Divisor != 1)
        {
            throw new ConversionException(Target, $"scores are divided by {ensemble.Divisor}; its trees are only added");
        }

        if (ensemble.FeatureCount == 0)
        {
            throw new ConversionException(Target, "there are no features");
        }

        string signature = ensemble.Link switch
        {
            LogisticLink or PiecewiseLink or BinnedLink => "FTREE BC",
            IdentityLink => "FTREE RE",
            ExponentialLink => "FTREE TW",
            _ => throw new ConversionException(Target, $"the link {ensemble.Link.GetType().Name} has no predictor"),
        };
        double score = ensemble.BaseScores[0];
        var trees = ensemble.Trees.Select((tree, t) => Arrays(tree, t, t == 0 ? score : 0)).ToList();
        if (trees.Count == 0 && score != 0)
        {
            trees.Add(Arrays(new Tree([], [0]), 0, score));
        }

        int version = MlNetTreePredictors.Find(signature).Version;
        return new MlNetBody(signature, version, trees, 0, null, null, ensemble.FeatureCount);
    }

    private static MlNetTreeArrays Arrays(Tree tree, int number, double score)
    {
        if (tree.Nodes.Length == 0)
        {
            double value = score + tree.LeafValues[0];
            tree = new Tree([new TreeNode { Left = ~0, Right = ~1 }], [value, value]);
            score = 0;
        }

        var nodes = tree.Nodes.ToArray().Select((node, n) => Node(node, $"tree {number}, node {n}")).ToArray();
        double[] leaves = tree.LeafValues.ToArray().Select(value => score == 0 ? value : score + value).ToArray();
        bool hasDefaults = nodes.Any(node => node.Kind == SplitKind.LessOrEqual && node.MissingGoesLeft);
        return new MlNetTreeArrays
        {
            Leaves = leaves.Length,
            MaxOutput = leaves.Max(Math.Abs),
            Left = nodes.Select(node => node.Left).ToArray(),
            Right = nodes.Select(node => node.Right).ToArray(),
            Features = nodes.Select(node => node.Feature).ToArray(),
            Categories = Enumerable.Range(0, nodes.Length).Where(n => nodes[n].HasSet).Select(n => Slots(tree, nodes[n], n)).ToArray(),
            Thresholds = nodes.Select(node => node.HasSet ? 0 : node.Threshold).ToArray(),
            Defaults = hasDefaults ? nodes.Select(Default).ToArray() : [],
            LeafValues = leaves,
            Gains = tree.Gains.Length > 0 ? tree.Gains.Select(gain => (double)gain).ToArray() : new double[nodes.Length],
        };

        MlNetCategories Slots(Tree source, TreeNode node, int n)
        {
            int[] slots = source.Sets[node.Set].Values.ToArray().Select(slot => (int)slot).ToArray();
            return slots.Length > 0
                ? new MlNetCategories(n, slots, slots[0], slots[^1])
                : throw new ConversionException(Target, $"tree {number}, node {n} asks for none of the slots");
        }
    }

    private static TreeNode Node(TreeNode node, string where)
    {
        switch (node.Kind)
        {
            case SplitKind.AnySlotPositive:
                return node;
            case SplitKind.LessOrEqual:
                return ZeroAsMissing.Resolve(node, where, Target);
            case SplitKind.LessThan when !float.IsNegativeInfinity(node.Threshold):
                return ZeroAsMissing.Resolve(node, where, Target) with
                {
                    Kind = SplitKind.LessOrEqual, Threshold = MathF.BitDecrement(node.Threshold),
                };
            case SplitKind.LessThan:
                throw new ConversionException(Target, $"{where} asks for values below minus infinity");
            default:
                throw new ConversionException(Target, $"{where} asks for categories of one column; its categories are one-hot slots");
        }
    }

    /// <summary>A number that goes where missing values go, and is not zero where that is left.</summary>
    private static float Default(TreeNode node) => node switch
    {
        { HasSet: true } => 0,
        { MissingGoesLeft: true } => node.Threshold == 0 ? -1 : node.Threshold,
        { Threshold: float.PositiveInfinity } => float.NaN,
        _ => MathF.BitIncrement(node.Threshold),
    };
}
