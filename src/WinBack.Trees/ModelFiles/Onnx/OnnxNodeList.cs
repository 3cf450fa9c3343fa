using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>TreeEnsembleRegressor and TreeEnsembleClassifier (ai.onnx.ml 1 and 3): parallel arrays of all nodes of all trees.</summary>
internal sealed class OnnxNodeList(OnnxNode node)
{
    private readonly bool _isClassifier = node.Operator == "TreeEnsembleClassifier";
    private readonly int[] _trees = node.Integers("nodes_treeids");
    private readonly int[] _ids = node.Integers("nodes_nodeids");
    private readonly int[] _features = node.Integers("nodes_featureids");
    private readonly int[] _whenTrue = node.Integers("nodes_truenodeids");
    private readonly int[] _whenFalse = node.Integers("nodes_falsenodeids");
    private readonly IReadOnlyList<string> _modes = node.Texts("nodes_modes");
    private readonly IReadOnlyList<double> _values = node.Numbers("nodes_values");
    private readonly int[] _missing = node.Integers("nodes_missing_value_tracks_true");
    private readonly Dictionary<(int Tree, int Id), int> _index = [];

    /// <exception cref="ModelFormatException">Arrays of different lengths, or an unknown mode; it is named.</exception>
    public OnnxTrees Read()
    {
        CheckLengths();
        var weights = ReadWeights(out int outputs);
        var bases = BaseScores(ref outputs, weights);
        int[] treeIds = _trees.Distinct().ToArray();
        var nodesOfTree = _trees.Select((tree, place) => (tree, place)).ToLookup(pair => pair.tree, pair => pair.place);
        var trees = treeIds.SelectMany(tree => ReadTree(nodesOfTree[tree].ToArray(), weights)).ToArray();
        string post = node.Text("post_transform", "NONE");
        return new OnnxTrees(
            trees,
            outputs,
            bases,
            OnnxTrees.IsAverage(node, node.Text("aggregate_function", "SUM")),
            treeIds.Length,
            OnnxTrees.LinkOf(node, post, outputs),
            OnnxTrees.PrecisionOf(node, _isClassifier ? "class_weights" : "target_weights"));
    }

    /// <summary>The weights of each leaf: target and value.</summary>
    private Dictionary<int, List<(int Target, double Weight)>> ReadWeights(out int outputs)
    {
        string prefix = _isClassifier ? "class" : "target";
        int[] trees = node.Integers(prefix + "_treeids");
        int[] ids = node.Integers(prefix + "_nodeids");
        int[] targets = node.Integers(prefix + "_ids");
        var values = node.Numbers(prefix + "_weights");
        if (ids.Length != trees.Length || targets.Length != trees.Length || values.Count != trees.Length)
        {
            throw node.Fault($"{prefix}_* arrays of different lengths.");
        }

        outputs = _isClassifier
            ? Math.Max(node.Integers("classlabels_int64s").Length, node.Texts("classlabels_strings").Count)
            : node.Integer("n_targets", 1);
        var weights = new Dictionary<int, List<(int, double)>>();
        for (int i = 0; i < trees.Length; i++)
        {
            if (!_index.TryGetValue((trees[i], ids[i]), out int place) || targets[i] < 0 || targets[i] >= outputs)
            {
                throw node.Fault($"Weight {i} is for an unknown leaf or target.");
            }

            if (!weights.TryGetValue(place, out var list))
            {
                weights[place] = list = [];
            }

            list.Add((targets[i], values[i]));
        }

        return weights;
    }

    /// <summary>
    /// Two classes with weights for one only are a single score (the positive class); base_values may have one or two entries then.
    /// </summary>
    private double[] BaseScores(ref int outputs, Dictionary<int, List<(int Target, double Weight)>> weights)
    {
        var bases = node.Numbers("base_values");
        if (_isClassifier && outputs == 2 && weights.Values.SelectMany(list => list).Select(pair => pair.Target).Distinct().Count() <= 1)
        {
            outputs = 1;
            foreach (var list in weights.Values)
            {
                for (int i = 0; i < list.Count; i++)
                {
                    list[i] = (0, list[i].Weight);
                }
            }

            return [bases.Count == 0 ? 0 : bases[^1]];
        }

        int count = outputs;
        return bases.Count == 0 ? new double[Math.Clamp(count, 0, 10_000)]
            : bases.Count == count ? bases.ToArray()
            : throw node.Fault($"{bases.Count} base_values for {count} outputs.");
    }

    /// <summary>One tree of ours per target that its leaves have weights for.</summary>
    private IEnumerable<Tree> ReadTree(int[] places, Dictionary<int, List<(int Target, double Weight)>> weights)
    {
        var local = new Dictionary<int, int>();
        for (int i = 0; i < places.Length; i++)
        {
            local[_ids[places[i]]] = i;
        }

        var sets = new List<ValueSet>();
        var nodes = places.Select(place => Node(place, local, sets)).ToArray();
        var targets = places
            .SelectMany(place => weights.TryGetValue(place, out var list) ? list : [])
            .Select(pair => pair.Target)
            .Distinct()
            .DefaultIfEmpty(0);
        foreach (int target in targets)
        {
            var valued = nodes.Select((source, i) => source with { Value = Value(places[i], target, weights) }).ToArray();
            yield return SourceTree.Build(valued, 0, sets, target, node.Fault);
        }
    }

    private static double Value(int place, int target, Dictionary<int, List<(int Target, double Weight)>> weights) =>
        weights.TryGetValue(place, out var list) ? list.Where(pair => pair.Target == target).Sum(pair => pair.Weight) : 0;

    private SourceNode Node(int place, Dictionary<int, int> local, List<ValueSet> sets)
    {
        if (_modes[place] == OnnxMode.Leaf)
        {
            return new SourceNode(_ids[place], true, 0, default);
        }

        bool missingIsTrue = _missing.Length > 0 && _missing[place] != 0;
        var split = OnnxMode.Node(
            _modes[place], _features[place], _values[place], missingIsTrue, Child(_whenTrue[place]), Child(_whenFalse[place]), [], sets);
        return split is null || _modes[place] == "BRANCH_MEMBER"
            ? throw node.Fault($"The mode '{_modes[place]}' is not supported.")
            : new SourceNode(_ids[place], false, 0, split.Value);

        int Child(int id) => local.TryGetValue(id, out int child) ? child : throw node.Fault($"Node {id} is missing from its tree.");
    }

    private void CheckLengths()
    {
        int count = _trees.Length;
        bool fits = _ids.Length == count && _features.Length == count && _whenTrue.Length == count && _whenFalse.Length == count
            && _modes.Count == count && _values.Count == count && (_missing.Length == 0 || _missing.Length == count);
        if (!fits)
        {
            throw node.Fault("nodes_* arrays of different lengths.");
        }

        for (int place = 0; place < count; place++)
        {
            if (!_index.TryAdd((_trees[place], _ids[place]), place))
            {
                throw node.Fault($"Node {_ids[place]} of tree {_trees[place]} is there twice.");
            }
        }
    }
}
