using System.Text.Json;
using System.Text.Json.Serialization;

namespace WinBack.Cli.Datasets;

/// <summary>What must be known about a training table to use it rightly: the JSON file beside it (its name + ".json").</summary>
internal sealed record DatasetManifest
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public required DatasetTask Task { get; init; }

    /// <summary>What label 1 means, in words.</summary>
    public required string LabelDefinition { get; init; }

    public required string FeatureSchemaHash { get; init; }

    public required int Features { get; init; }

    public required double HorizonDays { get; init; }

    /// <summary>Null when customers of any silence have rows.</summary>
    public required double? LapseDays { get; init; }

    public required IReadOnlyList<DateTimeOffset> Cuts { get; init; }

    /// <summary>No event at or after this instant was read; null for no limit.</summary>
    public required DateTimeOffset? Until { get; init; }

    public required string EventsSha256 { get; init; }

    /// <summary>Of the table as it lies on disk.</summary>
    public required string DataSha256 { get; init; }

    public required long Rows { get; init; }

    /// <summary>Rows with label 1.</summary>
    public required long Positives { get; init; }

    internal static string PathOf(string dataPath) => dataPath + ".json";

    internal void Save(string dataPath) => File.WriteAllText(PathOf(dataPath), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Null when there is none beside the table.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    internal static DatasetManifest? TryLoad(string dataPath)
    {
        string path = PathOf(dataPath);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<DatasetManifest>(File.ReadAllText(path), Json)
                ?? throw new BadInputException($"{path} is empty: make the table again with 'winback dataset'");
        }
        catch (JsonException broken)
        {
            throw new BadInputException($"{path}: {broken.Message} Make the table again with 'winback dataset'.", broken);
        }
    }
}
