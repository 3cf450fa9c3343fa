using System.Text.Json;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>What we write beside the graph.</summary>
internal static class OnnxMetadata
{
    /// <summary>Names of the columns of the float input, from the metadata that we write; null for other metadata.</summary>
    public static IReadOnlyList<string>? FeatureNamesOf(WireReader entry, Func<string, ModelFormatException> fault)
    {
        var (key, value) = ("", "");
        while (entry.Next())
        {
            (key, value) = entry.Field == 1 ? (entry.Text, value) : entry.Field == 2 ? (key, entry.Text) : (key, value);
        }

        if (key != OnnxWriter.FeatureNamesKey)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<string?[]>(value) is { } names && names.All(name => name is not null)
                ? names.Select(name => name!).ToArray()
                : throw fault($"The metadata {key} holds no names.");
        }
        catch (JsonException e)
        {
            throw fault($"The metadata {key} is not a list of names: {e.Message}");
        }
    }
}
