using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>How the feature vector comes from the graph's inputs.</summary>
/// <param name="Collector">The input columns.</param>
/// <param name="Slots">One per feature.</param>
/// <param name="IsPlain">The vector is one input, unchanged.</param>
/// <param name="Floored">Slots that are cut to integers, so that sets of them are categories.</param>
internal sealed record OnnxInputPath(
    InputCollector Collector, IReadOnlyList<SlotSource> Slots, bool IsPlain, IReadOnlySet<SlotSource> Floored)
{
    private const int MaxDepth = 32;

    public static OnnxInputPath Follow(OnnxGraph graph, OnnxNode trees, int leastFeatures, HashSet<OnnxNode> known)
    {
        if (leastFeatures is < 0 or > OnnxTrees.MaxFeatures)
        {
            throw trees.Fault($"A node reads feature {(long)leastFeatures - 1}; at most {OnnxTrees.MaxFeatures} features are supported.");
        }

        var collector = new InputCollector();
        string start = trees.Inputs.FirstOrDefault() ?? throw trees.Fault("The operator has no input.");
        bool isPlain = graph.MakerOf(start) is null;
        var floored = new HashSet<SlotSource>(ReferenceEqualityComparer.Instance);
        var slots = SlotsOf(graph, start, leastFeatures, collector, known, floored, MaxDepth);
        return slots.Count >= leastFeatures
            ? new OnnxInputPath(collector, slots, isPlain, floored)
            : throw trees.Fault($"The trees read {leastFeatures} features, the input has {slots.Count}.");
    }

    private static IReadOnlyList<SlotSource> SlotsOf(
        OnnxGraph graph,
        string value,
        int leastFeatures,
        InputCollector collector,
        HashSet<OnnxNode> known,
        HashSet<SlotSource> floored,
        int depthLeft)
    {
        var maker = graph.MakerOf(value);
        if (maker is null)
        {
            return Input(graph, value, leastFeatures, collector);
        }

        if (depthLeft == 0)
        {
            throw maker.Fault("The operators before the trees form a cycle or too long a chain.");
        }

        known.Add(maker);
        if (maker.Operator == "Concat")
        {
            var joined = maker.Inputs
                .SelectMany(input => SlotsOf(graph, input, 1, collector, known, floored, depthLeft - 1))
                .Take(OnnxTrees.MaxFeatures);
            return joined.ToArray();
        }

        if (maker.Operator == "LabelEncoder")
        {
            return [OnnxLabels.Key(graph, maker, collector)];
        }

        // Where(mask, Floor(x), x): the path goes on at x.
        var cut = maker.Operator == "Where" ? graph.MakerOf(maker.Inputs.ElementAtOrDefault(1) ?? "") : null;
        string next = (cut is null ? maker.Inputs.FirstOrDefault() : maker.Inputs.ElementAtOrDefault(2)) ?? "";
        var source = SlotsOf(graph, next, leastFeatures, collector, known, floored, depthLeft - 1);
        return maker.Operator switch
        {
            "Identity" or "Cast" or "Reshape" or "Flatten" => source,
            "Imputer" => OnnxSteps.Impute(maker, source),
            "Scaler" => OnnxSteps.Scale(maker, source),
            "Where" when cut is { Operator: "Floor", Inputs: [var inner] } && inner == next =>
                OnnxLabels.Cut(graph, maker, cut, source, known, floored),
            _ => throw graph.Fault($"The operator '{maker.Operator}' before the trees is not supported."),
        };
    }

    /// <summary>A vector gives one column per element, f0 and so on where it is the only input; a single number keeps its name.</summary>
    private static SlotSource[] Input(OnnxGraph graph, string name, int leastFeatures, InputCollector collector)
    {
        int at = graph.Inputs.FindIndex(input => input.Name == name);
        if (at < 0)
        {
            throw graph.Fault($"The value '{name}' is neither computed nor an input.");
        }

        int width = graph.Inputs[at].Width == 0 ? Math.Max(1, leastFeatures) : graph.Inputs[at].Width;
        if (width == graph.FeatureNames.Count)
        {
            return graph.FeatureNames.Select(feature => collector.Number(feature, graph.Fault)).ToArray();
        }

        string prefix = graph.Inputs.Count == 1 ? "f" : name + ".";
        return Enumerable.Range(0, width)
            .Select(i => collector.Number(width == 1 && graph.Inputs.Count > 1 ? name : prefix + i, graph.Fault))
            .ToArray();
    }
}
