using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>TreeEnsemble of ai.onnx.ml 5: inner nodes and leaves in arrays of their own, trees given by their roots.</summary>
internal sealed class OnnxTreeList(OnnxNode node)
{
    private static readonly string[] PostTransforms = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"];
    private static readonly string[] Aggregates = ["AVERAGE", "SUM", "MIN", "MAX"];

    private readonly int[] _features = node.Integers("nodes_featureids");
    private readonly int[] _modes = node.Integers("nodes_modes");
    private readonly IReadOnlyList<double> _splits = node.Numbers("nodes_splits");
    private readonly int[] _whenTrue = node.Integers("nodes_truenodeids");
    private readonly int[] _whenFalse = node.Integers("nodes_falsenodeids");
    private readonly int[] _trueIsLeaf = node.Integers("nodes_trueleafs");
    private readonly int[] _falseIsLeaf = node.Integers("nodes_falseleafs");
    private readonly int[] _missing = node.Integers("nodes_missing_value_tracks_true");
    private readonly int[] _leafTargets = node.Integers("leaf_targetids");
    private readonly IReadOnlyList<double> _leafWeights = node.Numbers("leaf_weights");
    private readonly int[] _roots = node.Integers("tree_roots");
    private readonly IReadOnlyList<double> _members = node.Numbers("membership_values");

    /// <exception cref="ModelFormatException">Arrays of different lengths, shared nodes, or an unknown mode; it is named.</exception>
    public OnnxTrees Read()
    {
        CheckLengths();
        var memberSets = MemberSets();
        var sets = new List<ValueSet>();
        var splits = new TreeNode[_features.Length];
        int member = 0;
        for (int n = 0; n < splits.Length; n++)
        {
            string mode = Name(OnnxMode.ByNumber, _modes[n], "mode");
            var members = mode != "BRANCH_MEMBER" ? []
                : member < memberSets.Count ? memberSets[member++]
                : throw node.Fault("membership_values holds too few sets.");
            bool missingIsTrue = _missing.Length > 0 && _missing[n] != 0;
            splits[n] = OnnxMode.Node(
                mode, _features[n], _splits[n], missingIsTrue,
                Code(_whenTrue[n], _trueIsLeaf[n]), Code(_whenFalse[n], _falseIsLeaf[n]), members, sets)!.Value;
        }

        var seen = new bool[splits.Length];
        int outputs = node.Integer("n_targets", 1);
        var trees = _roots.SelectMany(root => ReadTree(root, splits, seen, sets, outputs)).ToArray();
        return new OnnxTrees(
            trees,
            outputs,
            new double[Math.Clamp(outputs, 0, 10_000)],
            OnnxTrees.IsAverage(node, Name(Aggregates, node.Integer("aggregate_function", 1), "aggregate_function")),
            _roots.Length,
            OnnxTrees.LinkOf(node, Name(PostTransforms, node.Integer("post_transform", 0), "post_transform"), outputs),
            OnnxTrees.PrecisionOf(node, "leaf_weights"));
    }

    /// <summary>Our child code of a reference: nodes from 0, leaves as complements.</summary>
    private static int Code(int index, int isLeaf) => isLeaf != 0 ? ~index : index;

    private string Name(string[] names, int number, string what) =>
        number >= 0 && number < names.Length ? names[number] : throw node.Fault($"The {what} {number} is not supported.");

    /// <summary>One tree of ours per target that its leaves have.</summary>
    private IEnumerable<Tree> ReadTree(int root, TreeNode[] splits, bool[] seen, List<ValueSet> sets, int outputs)
    {
        var source = new List<SourceNode>();
        var targets = new SortedSet<int>();
        var leafOf = new Dictionary<int, int>();
        Gather(root, splits, seen, source, leafOf);
        foreach (int leaf in leafOf.Values)
        {
            targets.Add(_leafTargets[leaf] >= 0 && _leafTargets[leaf] < outputs
                ? _leafTargets[leaf]
                : throw node.Fault($"Leaf {leaf} has the unknown target {_leafTargets[leaf]}."));
        }

        foreach (int target in targets)
        {
            var valued = source.Select((n, i) => leafOf.TryGetValue(i, out int leaf)
                ? n with { Value = _leafTargets[leaf] == target ? _leafWeights[leaf] : 0 }
                : n).ToArray();
            yield return SourceTree.Build(valued, 0, sets, target, node.Fault);
        }
    }

    /// <summary>Copies what a root reaches into one numbering; <paramref name="leafOf"/> tells which copies are leaves.</summary>
    private void Gather(int root, TreeNode[] splits, bool[] seen, List<SourceNode> source, Dictionary<int, int> leafOf)
    {
        // A root that is no node but has itself as both children through leaves is how a single leaf is written.
        var open = new Stack<(int Code, int Parent, bool IsLeft)>();
        open.Push((root, -1, false));
        while (open.TryPop(out var at))
        {
            int place = source.Count;
            if (at.Parent >= 0)
            {
                var parent = source[at.Parent];
                source[at.Parent] = parent with
                {
                    Split = at.IsLeft ? parent.Split with { Left = place } : parent.Split with { Right = place },
                };
            }

            if (at.Code < 0)
            {
                int leaf = ~at.Code < _leafWeights.Count ? ~at.Code : throw node.Fault($"Leaf {~at.Code} does not exist.");
                leafOf[place] = leaf;
                source.Add(new SourceNode(leaf, true, 0, default));
                continue;
            }

            if (at.Code >= splits.Length || seen[at.Code])
            {
                throw node.Fault($"Node {at.Code} does not exist or has two parents.");
            }

            seen[at.Code] = true;
            source.Add(new SourceNode(at.Code, false, 0, splits[at.Code]));
            open.Push((splits[at.Code].Right, place, false));
            open.Push((splits[at.Code].Left, place, true));
        }
    }

    /// <summary>Sets one after the other, each ended by NaN.</summary>
    private List<List<float>> MemberSets()
    {
        var sets = new List<List<float>>();
        var current = new List<float>();
        foreach (double value in _members)
        {
            if (double.IsNaN(value))
            {
                sets.Add(current);
                current = [];
            }
            else
            {
                current.Add((float)value);
            }
        }

        if (current.Count > 0)
        {
            sets.Add(current);
        }

        return sets;
    }

    private void CheckLengths()
    {
        int count = _features.Length;
        bool fits = new[] { _modes.Length, _splits.Count, _whenTrue.Length, _whenFalse.Length, _trueIsLeaf.Length, _falseIsLeaf.Length }
            .All(length => length == count)
            && (_missing.Length == 0 || _missing.Length == count)
            && _leafTargets.Length == _leafWeights.Count;
        if (!fits)
        {
            throw node.Fault("nodes_* or leaf_* arrays of different lengths.");
        }
    }
}
