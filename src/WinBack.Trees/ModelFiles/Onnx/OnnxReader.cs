namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Reads ONNX files that hold one tree ensemble with simple operators around it.</summary>
/// <remarks>
/// 1. Find the tree operator and read its trees.
/// 2. Follow its input back: casts, concatenation, imputer, scaler.
/// 3. Follow its score forward: multiplication, addition, sigmoid, exp, and operators that only shape or label.
/// Every operator must have been met on the way; any other is refused by name. Sums are in float, as runtimes do.
/// </remarks>
internal static class OnnxReader
{
    /// <exception cref="ModelFormatException">Damaged, or an operator that is not supported; it is named.</exception>
    public static TreeModel Read(string file, byte[] bytes)
    {
        var graph = new OnnxGraph(file, bytes);
        var found = graph.Nodes.Where(node => OnnxTrees.Knows(node.Operator)).ToArray();
        if (found.Length != 1)
        {
            string all = string.Join(", ", graph.Nodes.Select(node => node.Operator).Distinct().Take(20));
            throw graph.Fault($"{found.Length} tree ensembles among the operators ({all}); exactly one is supported.");
        }

        var known = new HashSet<OnnxNode> { found[0] };
        var trees = OnnxTrees.Read(found[0]);
        var after = OnnxOutputPath.Follow(graph, found[0], known);
        var inputs = OnnxInputPath.Follow(graph, found[0], trees.LeastFeatures, known);
        if (graph.Nodes.Find(node => !known.Contains(node)) is { } stranger)
        {
            throw graph.Fault($"The operator '{stranger.Operator}' is not supported here.");
        }

        var map = inputs.Collector.ToMap(inputs.Slots);
        trees = OnnxLabels.WithCategories(found[0], trees, inputs.Slots.Select(inputs.Floored.Contains).ToArray());
        try
        {
            var ensemble = after.Apply(found[0], trees, map.FeatureNames.ToArray());
            return new TreeModel(ensemble, null, inputs.IsPlain ? null : map) { Format = ModelFormat.Onnx };
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException(file, e.Message, "The model is damaged: export it again.", e);
        }
    }
}
