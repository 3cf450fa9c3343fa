using System.Text.Json;
using System.Text.Json.Serialization;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Trees.Uplift;

/// <summary>An uplift model on disk: uplift.json and a model directory for each part.</summary>
/// <remarks>Every part is checked as any model is (hash, golden rows), so a folder is what was saved or is refused.</remarks>
public static class UpliftDirectory
{
    public const string ManifestFile = "uplift.json";

    private const int MaxManifestBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes a model; parts that are there are replaced.</summary>
    /// <param name="card">Of the whole; each part gets its own name.</param>
    /// <param name="goldenRows">Input rows, each of shape [F]; at least one.</param>
    public static void Save(string directory, UpliftModel model, ModelCard card, IReadOnlyList<float[]> goldenRows)
    {
        Directory.CreateDirectory(directory);
        for (int arm = 0; arm < model.ArmNames.Count; arm++)
        {
            SavePart(directory, OutcomeFolder(arm), model.Outcomes[arm], card, goldenRows);
        }

        var effects = new List<IReadOnlyList<UpliftManifestPart>>();
        for (int arm = 1; arm < model.ArmNames.Count; arm++)
        {
            var parts = new List<UpliftManifestPart>();
            foreach (var part in model.Effects[arm - 1].Parts)
            {
                string folder = $"effect-{arm}-{parts.Count}";
                var rows = part.TreatedFlag is { } flag ? goldenRows.Select(row => (float[])[.. row, flag]).ToArray() : goldenRows;
                SavePart(directory, folder, part.Ensemble, card, rows);
                parts.Add(new UpliftManifestPart(folder, part.Weight, part.TreatedFlag));
            }

            effects.Add(parts);
        }

        // The manifest is written last: without it the folder is not a model.
        var manifest = new UpliftManifest
        {
            FormatVersion = UpliftManifest.CurrentFormatVersion,
            Learner = model.Learner,
            Arms = model.ArmNames,
            Effects = effects,
        };
        File.WriteAllText(Path.Combine(directory, ManifestFile), JsonSerializer.Serialize(manifest, Json) + "\n");
    }

    /// <exception cref="ModelFormatException">Anything is missing, damaged or does not fit; the message says what to do.</exception>
    public static UpliftModel Load(string directory)
    {
        string path = Path.Combine(directory, ManifestFile);
        var manifest = ReadManifest(path);
        try
        {
            var outcomes = manifest.Arms.Select((_, arm) => LoadPart(directory, OutcomeFolder(arm))).ToArray();
            var effects = manifest.Effects
                .Select(parts => new ArmEffect(parts
                    .Select(part => new EffectPart(LoadPart(directory, Path.GetFileName(part.Folder)), part.Weight, part.TreatedFlag))
                    .ToArray()))
                .ToArray();
            return new UpliftModel(manifest.Learner, manifest.Arms, outcomes, effects);
        }
        catch (ArgumentException unfit)
        {
            throw new ModelFormatException(path, unfit.Message, "Restore the folder from one 'winback uplift train'.", unfit);
        }
    }

    private static string OutcomeFolder(int arm) => $"outcome-{arm}";

    private static void SavePart(
        string directory, string folder, TreeEnsemble ensemble, ModelCard card, IReadOnlyList<float[]> goldenRows) =>
        ModelDirectory.Save(
            Path.Combine(directory, folder),
            ensemble,
            card with { Name = $"{card.Name}/{folder}", FeatureSchemaHash = FeatureNameHash.Compute(ensemble.FeatureNames) },
            goldenRows);

    private static TreeEnsemble LoadPart(string directory, string folder) =>
        ModelDirectory.Load(Path.Combine(directory, folder)).Ensemble;

    private static UpliftManifest ReadManifest(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > MaxManifestBytes)
        {
            throw new ModelFormatException(path, "There is no uplift manifest.", "Point to a folder that 'winback uplift train' wrote.");
        }

        UpliftManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<UpliftManifest>(File.ReadAllText(path), Json);
        }
        catch (JsonException broken)
        {
            throw new ModelFormatException(path, $"Not a valid manifest: {broken.Message}", "Restore the file from the original save.", broken);
        }

        return manifest?.FormatVersion == UpliftManifest.CurrentFormatVersion
            ? manifest
            : throw new ModelFormatException(
                path, $"Format version {manifest?.FormatVersion} is unknown.", $"This program reads version {UpliftManifest.CurrentFormatVersion}.");
    }
}
