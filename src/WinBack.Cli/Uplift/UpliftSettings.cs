using System.Text.Json;

namespace WinBack.Cli.Uplift;

/// <summary>How a table is read for an uplift model; kept beside it as table.json, so that evaluation reads the same way.</summary>
internal sealed record UpliftSettings
{
    internal const string FileName = "table.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
    };

    public required string Outcome { get; init; }

    public required string Treatment { get; init; }

    /// <summary>The value of the treatment column that means nothing was done.</summary>
    public required string Control { get; init; }

    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Whether the arms' probabilities are estimated from the features, rather than taken as the same for all rows.</summary>
    public bool EstimatesPropensity { get; init; }

    /// <summary>Share of the rows that training did not see.</summary>
    public double HoldOut { get; init; }

    /// <summary>Chooses the rows held out.</summary>
    public ulong Seed { get; init; }

    /// <summary>The control first.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>In feature-vector order; empty before the first reading.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Texts of the columns that are no numbers, by column; a text's place is its category.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Of the file that was learnt from.</summary>
    public string Sha256 { get; init; } = "";

    internal void Save(string folder) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <exception cref="BadInputException">There is none, or it is damaged.</exception>
    internal static UpliftSettings Load(string folder, string argument)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<UpliftSettings>(File.ReadAllText(path), Json)
                ?? throw new BadInputException($"{argument}: {path} is empty");
        }
        catch (Exception broken) when (broken is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{argument}: {path}: {broken.Message}; point to a folder that 'winback uplift train' wrote", broken);
        }
    }
}
