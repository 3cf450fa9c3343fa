using System.Security.Cryptography;
using WinBack.Core.Features;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Testing.Models;

/// <summary>
/// A whole model of one question, made without training: more than so many purchases gives one score, fewer another.
/// Other scores are another version.
/// </summary>
public sealed record StumpModel(string Name)
{
    private const int Golden = 20;

    public double LowScore { get; init; } = -1;

    public double HighScore { get; init; } = 1;

    public string SchemaHash { get; init; } = FeatureSchema.Default.Hash;

    public IReadOnlyList<string> Features { get; init; } = FeatureSchema.Default.Names;

    public string LabelDefinition { get; init; } = "made up";

    /// <summary>As the manifest says; "" leaves it open.</summary>
    public string Version { get; init; } = "";

    public Link Link { get; init; } = new LogisticLink();

    public ReferenceHistogram? PredictionHistogram { get; init; }

    public IReadOnlyDictionary<string, string> TrainingParameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ReferenceHistogram> FeatureHistograms { get; init; } = [];

    public ModelPackage Package()
    {
        string folder = Directory.CreateTempSubdirectory("winback-stump-").FullName;
        try
        {
            Save(folder);
            return ModelDirectory.Read(folder) with { Source = "made up" };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public ModelManifest Save(string folder)
    {
        int feature = Math.Max(0, FeatureSchema.Default.IndexOf("purchases_lifetime"));
        var split = new TreeNode { Feature = Math.Min(feature, Features.Count - 1), Threshold = 3, Left = ~0, Right = ~1 };
        var trees = new TreeEnsemble(Features, [new Tree([split], [LowScore, HighScore])], Link);
        var card = new ModelCard
        {
            Name = Name,
            LabelDefinition = LabelDefinition,
            FeatureSchemaHash = SchemaHash,
            CreatedTime = DateTimeOffset.UnixEpoch,
            PredictionHistogram = PredictionHistogram,
            FeatureHistograms = FeatureHistograms,
            TrainingParameters = TrainingParameters,
            Version = Version,
        };
        var rows = Enumerable.Range(0, Golden).Select(i => Enumerable.Repeat((float)i, Features.Count).ToArray()).ToArray();
        return ModelDirectory.Save(folder, trees, card, rows);
    }

    /// <summary>The same model with other bytes in its trees; with <paramref name="isHashMended"/> the manifest says so too.</summary>
    public static ModelPackage WithBinary(ModelPackage package, byte[] binary, bool isHashMended)
    {
        if (!isHashMended) return package with { Binary = binary };
        string manifest = System.Text.Encoding.UTF8.GetString(package.Manifest);
        string before = Convert.ToHexStringLower(SHA256.HashData(package.Binary));
        string after = Convert.ToHexStringLower(SHA256.HashData(binary));
        byte[] mended = System.Text.Encoding.UTF8.GetBytes(manifest.Replace(before, after, StringComparison.Ordinal));
        return package with { Binary = binary, Manifest = mended };
    }

    /// <summary>With NaN in the leaf of the low score, and the hash right all the same.</summary>
    public static ModelPackage WithNaNLeaf(ModelPackage package, double lowScore)
    {
        byte[] binary = [.. package.Binary];
        int at = binary.AsSpan().IndexOf(BitConverter.GetBytes(lowScore));
        BitConverter.GetBytes(double.NaN).CopyTo(binary.AsSpan(at));
        return WithBinary(package, binary, isHashMended: true);
    }

    /// <summary>With one golden row that says otherwise than the trees.</summary>
    public static ModelPackage WithWrongGoldenRow(ModelPackage package)
    {
        string[] lines = System.Text.Encoding.UTF8.GetString(package.GoldenRows).Split('\n');
        string[] fields = lines[3].Split(',');
        fields[^2] = "0.123";
        lines[3] = string.Join(',', fields);
        return package with { GoldenRows = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)) };
    }
}
