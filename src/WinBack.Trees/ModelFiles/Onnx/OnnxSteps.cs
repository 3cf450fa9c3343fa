using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>The operators before the trees that change values, slot by slot.</summary>
internal static class OnnxSteps
{
    public static SlotSource[] Impute(OnnxNode node, IReadOnlyList<SlotSource> source)
    {
        var values = node.Numbers("imputed_value_floats");
        bool replacesNan = !node.Has("replaced_value_float") || node.Numbers("replaced_value_float") is [double.NaN];
        return replacesNan && (values.Count == source.Count || values.Count == 1)
            ? WithStep(source, i => new SlotStep(ReplacesMissing: true, (float)values[values.Count == 1 ? 0 : i], 0))
            : throw node.Fault($"{values.Count} replacements for {source.Count} features, or of another value than NaN.");
    }

    public static SlotSource[] Scale(OnnxNode node, IReadOnlyList<SlotSource> source)
    {
        var offsets = node.Numbers("offset");
        var scales = node.Numbers("scale");
        return Fits(offsets) && Fits(scales)
            ? WithStep(source, i => new SlotStep(ReplacesMissing: false, At(offsets, i, 0), At(scales, i, 1)))
            : throw node.Fault($"{offsets.Count} offsets and {scales.Count} scales for {source.Count} features.");

        bool Fits(IReadOnlyList<double> values) => values.Count <= 1 || values.Count == source.Count;
        static float At(IReadOnlyList<double> values, int i, float absent) =>
            values.Count == 0 ? absent : (float)values[values.Count == 1 ? 0 : i];
    }

    private static SlotSource[] WithStep(IReadOnlyList<SlotSource> source, Func<int, SlotStep> step) =>
        source.Select((slot, i) => slot with { Steps = [.. slot.Steps, step(i)] }).ToArray();
}
