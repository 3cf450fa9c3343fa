using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Writes TreeEnsemble (ai.onnx.ml 5), which has sets: nodes and leaves in lists of their own, trees by their roots.</summary>
/// <remarks>It has no base values and no trees without nodes: both are written as a node with two equal leaves.</remarks>
internal sealed class OnnxTreeListWriter
{
    private const int SumOfTrees = 1;

    private readonly List<TreeNode> _nodes = [];
    private readonly List<byte> _modes = [];
    private readonly List<double> _splits = [];
    private readonly List<double> _members = [];
    private readonly List<int> _targets = [];
    private readonly List<double> _weights = [];
    private readonly List<int> _roots = [];

    /// <param name="ensemble">The trees.</param>
    /// <param name="input">The feature matrix, of doubles where the runtime is to add up in double.</param>
    /// <param name="output">The scores, of the input's type.</param>
    /// <param name="isDouble">Whether <paramref name="input"/> is of doubles.</param>
    public static OnnxNodeWriter Write(TreeEnsemble ensemble, string input, string output, bool isDouble)
    {
        var writer = new OnnxTreeListWriter();
        for (int k = 0; k < ensemble.OutputCount; k++)
        {
            if (ensemble.BaseScores[k] != 0 || ensemble.Trees.Count == 0)
            {
                writer.Add(new Tree([], [ensemble.BaseScores[k]]) { Output = k });
            }
        }

        foreach (var tree in ensemble.Trees)
        {
            writer.Add(tree);
        }

        return writer.Build(ensemble.OutputCount, input, output, isDouble);
    }

    private void Add(Tree tree)
    {
        int firstNode = _nodes.Count;
        int firstLeaf = _weights.Count;
        _roots.Add(firstNode);
        TreeNode[] nodes = tree.Nodes.Length == 0 ? [new TreeNode { Left = ~0, Right = ~1 }] : tree.Nodes.ToArray();
        double[] leaves = tree.Nodes.Length == 0 ? [tree.LeafValues[0], tree.LeafValues[0]] : tree.LeafValues.ToArray();
        foreach (var node in nodes.Select(node => WithoutEmptySet(tree, node)))
        {
            _nodes.Add(node with { Left = Moved(node.Left), Right = Moved(node.Right) });
            AddQuestion(tree, node);
        }

        _targets.AddRange(Enumerable.Repeat(tree.Output, leaves.Length));
        _weights.AddRange(leaves);

        int Moved(int child) => child >= 0 ? child + firstNode : ~(~child + firstLeaf);
    }

    /// <summary>What is in no set goes right, as every number does that is asked to be above infinity.</summary>
    private static TreeNode WithoutEmptySet(Tree tree, TreeNode node) => !node.HasSet || Members(tree.Sets[node.Set], node.Kind).Length > 0
        ? node
        : new()
        {
            Feature = node.Feature,
            Threshold = float.PositiveInfinity,
            MissingGoesLeft = !node.MissingGoesLeft,
            Left = node.Right,
            Right = node.Left,
        };

    /// <summary>One value is a comparison, several are a set, which NaN ends.</summary>
    private void AddQuestion(Tree tree, TreeNode node)
    {
        float[] members = node.HasSet ? Members(tree.Sets[node.Set], node.Kind) : [];
        _splits.Add(!node.HasSet ? node.Threshold : members.Length == 1 ? members[0] : 0);
        string mode = node.Kind switch
        {
            SplitKind.LessOrEqual => "BRANCH_LEQ",
            SplitKind.LessThan => "BRANCH_LT",
            _ => members.Length == 1 ? "BRANCH_EQ" : "BRANCH_MEMBER",
        };
        _modes.Add((byte)Array.IndexOf(OnnxMode.ByNumber, mode));
        if (members.Length > 1)
        {
            _members.AddRange([.. members.Select(member => (double)member), double.NaN]);
        }
    }

    /// <summary>Categories of 2^24 and more belong to no set, see <see cref="ValueSet.ContainsCategory"/>.</summary>
    private static float[] Members(ValueSet set, SplitKind kind) => kind == SplitKind.CategoryIn
        ? set.Values.ToArray().Where(value => value >= 0 && value < 1 << 24 && value == MathF.Truncate(value)).ToArray()
        : set.Values.ToArray();

    private OnnxNodeWriter Build(int outputs, string input, string output, bool isDouble)
    {
        var node = new OnnxNodeWriter("ai.onnx.ml", "TreeEnsemble", [input], [output])
            .Integers("tree_roots", _roots)
            .Integers("nodes_featureids", _nodes.Select(n => n.Feature))
            .Tensor("nodes_modes", OnnxTensorWriter.Bytes("nodes_modes", _modes.ToArray(), _modes.Count))
            .Tensor("nodes_splits", OnnxTensorWriter.Numbers(
                "nodes_splits", _splits.ToArray(), isDouble))
            .Integers("nodes_truenodeids", _nodes.Select(n => n.Left >= 0 ? n.Left : ~n.Left))
            .Integers("nodes_trueleafs", _nodes.Select(n => n.Left >= 0 ? 0 : 1))
            .Integers("nodes_falsenodeids", _nodes.Select(n => n.Right >= 0 ? n.Right : ~n.Right))
            .Integers("nodes_falseleafs", _nodes.Select(n => n.Right >= 0 ? 0 : 1))
            .Integers("nodes_missing_value_tracks_true", _nodes.Select(n => n.MissingGoesLeft ? 1 : 0))
            .Integers("leaf_targetids", _targets)
            .Tensor("leaf_weights", OnnxTensorWriter.Numbers("leaf_weights", _weights.ToArray(), isDouble))
            .Integer("n_targets", outputs)
            .Integer("aggregate_function", SumOfTrees)
            .Integer("post_transform", 0);
        return _members.Count == 0
            ? node
            : node.Tensor("membership_values", OnnxTensorWriter.Numbers("membership_values", _members.ToArray(), isDouble));
    }
}
