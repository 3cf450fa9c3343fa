using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Writes the steps of slots as transforms of the whole feature vector, one layer after the other.</summary>
/// <remarks>
/// Steps that only some slots have are written for all, with what changes nothing for the others: NaN in the place of NaN,
/// offset 0 and scale 1.
/// </remarks>
internal static class MlNetStepWriter
{
    public static IEnumerable<Dictionary<string, byte[]>> Write(IReadOnlyList<SlotSource> slots)
    {
        var next = new int[slots.Count];
        while (slots.Where((slot, s) => next[s] < slot.Steps.Count).Any())
        {
            bool replaces = slots.Where((slot, s) => next[s] < slot.Steps.Count && slot.Steps[next[s]].ReplacesMissing).Any();
            var layer = new SlotStep?[slots.Count];
            for (int s = 0; s < layer.Length; s++)
            {
                if (next[s] < slots[s].Steps.Count && slots[s].Steps[next[s]].ReplacesMissing == replaces)
                {
                    layer[s] = slots[s].Steps[next[s]++];
                }
            }

            yield return replaces ? Replacement(layer) : Scale(layer);
        }
    }

    private static Dictionary<string, byte[]> Replacement(SlotStep?[] layer)
    {
        var key = new ModelKeyWriter(MlNetComponent.ReplaceMissing);
        WriteColumn(key);
        MlNetCodec.WriteVector(key.Body, layer.Length);

        // One vector: of this size, dense (-1), without indices, then its values.
        System.Array.ForEach([1, layer.Length, -1, 0], key.Body.Write);
        System.Array.ForEach(layer.Select(step => step?.First ?? float.NaN).ToArray(), key.Body.Write);
        return new() { ["Model.key"] = key.ToArray() };
    }

    private static Dictionary<string, byte[]> Scale(SlotStep?[] layer)
    {
        const byte single = 9;
        var key = new ModelKeyWriter(MlNetComponent.Normalizer);
        WriteColumn(key);
        key.Body.Write(true);
        key.Body.Write(single);
        key.Array([layer.Length]);
        var affine = new ModelKeyWriter(MlNetComponent.Affine);
        System.Array.ForEach([sizeof(float), layer.Length, -1], affine.Body.Write);
        affine.Array(layer.Select(step => step?.Second ?? 1).ToArray());

        // Without offsets ML.NET wants none rather than zeros.
        float[] offsets = layer.Select(step => step?.First ?? 0).ToArray();
        affine.Array(offsets.Any(offset => offset != 0) ? offsets : []);
        return new() { ["Model.key"] = key.ToArray(), ["Normalizer_000/Model.key"] = affine.ToArray() };
    }

    private static void WriteColumn(ModelKeyWriter key)
    {
        key.Body.Write(1);
        key.Name(MlNetPipelineWriter.Features);
        key.Name(MlNetPipelineWriter.Features);
    }
}
