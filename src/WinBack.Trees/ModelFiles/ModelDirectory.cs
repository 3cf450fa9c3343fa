using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>Our own model format: a directory with manifest.json, model.bin and golden.csv.</summary>
/// <remarks>
/// The manifest holds the SHA-256 of the binary, and the golden rows tie inputs to outputs, so that a model is either
/// exactly what was saved or refused. A save writes a temporary directory beside the target and renames it; readers see the
/// old model or the new one.
/// </remarks>
public static class ModelDirectory
{
    public const string ManifestFile = "manifest.json";
    public const string BinaryFile = "model.bin";
    public const string GoldenFile = "golden.csv";

    /// <summary>Larger files are refused before they are read; a model of 500 trees x 64 leaves has about 1 MB.</summary>
    private const long MaxFileBytes = 512L << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes a model, replacing the one that was there.</summary>
    /// <param name="directory">Created when missing; its parent too.</param>
    /// <param name="ensemble">The trees.</param>
    /// <param name="card">What else is known about the model.</param>
    /// <param name="goldenRows">Input rows, each of shape [F]; at least one, best 100 or more from the data.</param>
    /// <param name="inputs">The preparation that came with the trees; null where rows are feature vectors already.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="ArgumentException">There is no golden row, or one has another length.</exception>
    public static ModelManifest Save(
        string directory, TreeEnsemble ensemble, ModelCard card, IReadOnlyList<float[]> goldenRows, InputMap? inputs = null)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        ModelPackage package = Pack(target, ensemble, card, goldenRows, inputs);
        string temporary = target + ".tmp" + Environment.ProcessId;
        Directory.CreateDirectory(temporary);
        File.WriteAllBytes(Path.Combine(temporary, BinaryFile), package.Binary);
        File.WriteAllBytes(Path.Combine(temporary, GoldenFile), package.GoldenRows);
        File.WriteAllBytes(Path.Combine(temporary, ManifestFile), package.Manifest);
        Replace(target, temporary);
        return ReadManifest(package);
    }

    /// <summary>The three files of a model as <see cref="Save"/> writes them.</summary>
    /// <exception cref="ArgumentException">There is no golden row, or one has another length.</exception>
    public static ModelPackage Pack(
        string source, TreeEnsemble ensemble, ModelCard card, IReadOnlyList<float[]> goldenRows, InputMap? inputs = null)
    {
        if (goldenRows.Count == 0 || goldenRows.Any(row => row.Length != ensemble.FeatureCount))
        {
            throw new ArgumentException($"At least one golden row is needed, each with {ensemble.FeatureCount} features.");
        }

        byte[] binary = ModelBinary.Write(ensemble, inputs);
        var manifest = new ModelManifest
        {
            FormatVersion = ModelManifest.CurrentFormatVersion,
            Kind = ModelManifest.TreeEnsembleKind,
            Card = card,
            FeatureNames = ensemble.FeatureNames,
            Trees = ensemble.Trees.Count,
            Leaves = ensemble.LeafCount,
            GoldenRows = goldenRows.Count,
            BinarySha256 = Convert.ToHexStringLower(SHA256.HashData(binary)),
        };
        byte[] golden = System.Text.Encoding.UTF8.GetBytes(GoldenRows.Write(ensemble, goldenRows));
        return new ModelPackage(source, [.. JsonSerializer.SerializeToUtf8Bytes(manifest, Json), (byte)'\n'], binary, golden);
    }

    /// <summary>Reads a model and checks it: hash, schema, golden rows.</summary>
    /// <param name="directory">As given to <see cref="Save"/>.</param>
    /// <param name="expectedSchemaHash">The schema hash of the features that will be passed; null skips that check.</param>
    /// <exception cref="ModelFormatException">Anything is missing, damaged or does not fit; the message says what to do.</exception>
    public static TreeModel Load(string directory, string? expectedSchemaHash = null) => Load(Read(directory), expectedSchemaHash);

    /// <summary>Reads the files of a model without looking into them.</summary>
    /// <exception cref="ModelFormatException">One is missing, or larger than any model.</exception>
    public static ModelPackage Read(string directory) => new(
        directory,
        ReadBounded(Path.Combine(directory, ManifestFile)),
        ReadBounded(Path.Combine(directory, BinaryFile)),
        ReadBounded(Path.Combine(directory, GoldenFile)));

    /// <summary>Checks a model as <see cref="Load(string, string?)"/> does, wherever its bytes are from.</summary>
    /// <exception cref="ModelFormatException">Anything is damaged or does not fit; the message says what to do.</exception>
    public static TreeModel Load(ModelPackage package, string? expectedSchemaHash = null)
    {
        string manifestPath = Path.Combine(package.Source, ManifestFile);
        ModelManifest manifest = ReadManifest(package);
        if (expectedSchemaHash is not null && manifest.Card.FeatureSchemaHash != expectedSchemaHash)
        {
            throw new ModelFormatException(
                manifestPath,
                $"The model was trained on feature schema {manifest.Card.FeatureSchemaHash}, this program computes {expectedSchemaHash}.",
                "Train the model again with this program's features, or run the program version that made it.");
        }

        string binaryPath = Path.Combine(package.Source, BinaryFile);
        string hash = Convert.ToHexStringLower(SHA256.HashData(package.Binary));
        if (hash != manifest.BinarySha256)
        {
            throw new ModelFormatException(
                binaryPath, $"SHA-256 is {hash}, the manifest says {manifest.BinarySha256}.", "Restore both files from one save.");
        }

        var (ensemble, inputs) = ModelBinary.Read(binaryPath, package.Binary);
        CheckManifest(manifestPath, manifest, ensemble);
        var model = new TreeModel(ensemble, manifest, inputs);
        string golden = System.Text.Encoding.UTF8.GetString(package.GoldenRows);
        GoldenRows.Check(Path.Combine(package.Source, GoldenFile), golden, model, manifest.GoldenRows);
        return model;
    }

    /// <summary>What a package says of itself; nothing else is checked.</summary>
    /// <exception cref="ModelFormatException">It is no manifest, or of a version that this program does not know.</exception>
    public static ModelManifest ReadManifest(ModelPackage package)
    {
        string path = Path.Combine(package.Source, ManifestFile);
        ModelManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ModelManifest>(package.Manifest, Json);
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(path, $"Not a valid manifest: {e.Message}", "Restore the file from the original save.", e);
        }

        if (manifest is not { FormatVersion: ModelManifest.CurrentFormatVersion, Kind: ModelManifest.TreeEnsembleKind })
        {
            throw new ModelFormatException(
                path,
                $"Format version {manifest?.FormatVersion} of kind '{manifest?.Kind}' is unknown.",
                $"This program reads version {ModelManifest.CurrentFormatVersion} of '{ModelManifest.TreeEnsembleKind}': update it, or save the model again.");
        }

        return manifest;
    }

    private static void Replace(string target, string temporary)
    {
        string old = target + ".old" + Environment.ProcessId;
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(temporary, target);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private static void CheckManifest(string path, ModelManifest manifest, TreeEnsemble ensemble)
    {
        if (!manifest.FeatureNames.SequenceEqual(ensemble.FeatureNames, StringComparer.Ordinal)
            || manifest.Trees != ensemble.Trees.Count
            || manifest.Leaves != ensemble.LeafCount)
        {
            throw new ModelFormatException(
                path, $"Feature names, trees or leaves differ from {BinaryFile}.", "Restore both files from one save.");
        }
    }

    private static byte[] ReadBounded(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new ModelFormatException(path, "The file is missing.", "Point to a directory that 'winback train' or Save wrote.");
        }

        return file.Length <= MaxFileBytes
            ? File.ReadAllBytes(path)
            : throw new ModelFormatException(path, $"{file.Length} bytes are more than the {MaxFileBytes} allowed.", "Is this the right file?");
    }
}
