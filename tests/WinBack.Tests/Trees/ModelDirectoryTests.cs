using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

public sealed class ModelDirectoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("winback-model-").FullName;

    private string Model => Path.Combine(_root, "churn");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void SaveThenLoad_SameScoresAndManifest()
    {
        var random = new Random(1);
        var ensemble = RandomEnsembles.Ensemble(random, 30, 12, 19);
        Save(ensemble, random);

        var model = ModelReader.Open(Model, "schema-1");

        Assert.Equal(ModelBinary.Write(ensemble), ModelBinary.Write(model.Ensemble));
        Assert.Equal("churn", model.Manifest!.Card.Name);
        Assert.Equal(0.79, model.Manifest.Card.Metrics["test_auc"]);
        Assert.Equal(DateTimeOffset.UnixEpoch, model.Manifest.Card.CreatedTime);
        Assert.Equal(ensemble.FeatureNames, model.FeatureNames);
        Assert.Equal(["churn"], Directory.GetFileSystemEntries(_root).Select(Path.GetFileName));
    }

    [Fact]
    public void SaveThenLoad_SeveralOutputsAndOddNames_SameModel()
    {
        var node = new TreeNode { Feature = 1, Threshold = 0.1f, Left = ~0, Right = ~1 };
        var ensemble = new TreeEnsemble(
            ["plain", "with, comma \"and\" quote"], [new Tree([node], [0.1, 0.2]) { Output = 1 }], new IdentityLink(), [0.5, 1 / 3.0]);

        ModelDirectory.Save(Model, ensemble, Card(), [[1, float.NaN], [float.PositiveInfinity, -0f]]);

        Assert.Equal(ensemble.FeatureNames, ModelDirectory.Load(Model).FeatureNames);
    }

    [Fact]
    public void Save_OverAnOldModel_ReplacesIt()
    {
        var random = new Random(2);
        Save(RandomEnsembles.Ensemble(random, 5, 4, 5), random);
        Save(RandomEnsembles.Ensemble(random, 9, 4, 5), random);

        Assert.Equal(9, ModelDirectory.Load(Model).Ensemble.Trees.Count);
        Assert.Single(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void Load_OtherSchema_IsRefused() => Refused("schema-2", () => ModelDirectory.Load(SaveAny(), "schema-2"));

    [Fact]
    public void Load_BinaryChanged_IsRefused()
    {
        string file = Path.Combine(SaveAny(), ModelDirectory.BinaryFile);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^9] ^= 1;
        File.WriteAllBytes(file, bytes);

        Refused("SHA-256", () => ModelDirectory.Load(Model));
    }

    [Fact]
    public void Load_GoldenScoreChanged_IsRefused()
    {
        string file = Path.Combine(SaveAny(), ModelDirectory.GoldenFile);
        string[] lines = File.ReadAllLines(file);
        string[] fields = lines[3].Split(',');
        fields[^2] = "0.123";
        lines[3] = string.Join(',', fields);
        File.WriteAllLines(file, lines);

        Refused("Row 3", () => ModelDirectory.Load(Model));
    }

    [Fact]
    public void Load_GoldenRowsRemoved_IsRefused()
    {
        string file = Path.Combine(SaveAny(), ModelDirectory.GoldenFile);
        File.WriteAllLines(file, File.ReadAllLines(file).Take(1));

        Refused("golden rows", () => ModelDirectory.Load(Model));
    }

    [Theory]
    [InlineData(ModelDirectory.ManifestFile)]
    [InlineData(ModelDirectory.BinaryFile)]
    [InlineData(ModelDirectory.GoldenFile)]
    public void Load_FileMissing_NamesIt(string file)
    {
        File.Delete(Path.Combine(SaveAny(), file));

        Refused(file, () => ModelDirectory.Load(Model));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format_version\": 99, \"kind\": \"tree_ensemble\"}")]
    public void Load_BrokenManifest_IsRefused(string json)
    {
        File.WriteAllText(Path.Combine(SaveAny(), ModelDirectory.ManifestFile), json);

        Refused(ModelDirectory.ManifestFile, () => ModelDirectory.Load(Model));
    }

    [Fact]
    public void Load_NewerFormat_SaysUpdate()
    {
        string file = Path.Combine(SaveAny(), ModelDirectory.ManifestFile);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"format_version\": 1", "\"format_version\": 2", StringComparison.Ordinal));

        Refused("update", () => ModelDirectory.Load(Model));
    }

    [Fact]
    public void Open_NothingThere_SaysWhatToGive() => Refused("model", () => ModelReader.Open(Path.Combine(_root, "nowhere")));

    [Fact]
    public void Save_WithoutGoldenRows_IsRefused() => Assert.Throws<ArgumentException>(
        () => ModelDirectory.Save(Model, RandomEnsembles.Ensemble(new Random(1), 1, 2, 3), Card(), []));

    [Fact]
    public void ReadBinary_MutatedBytes_ModelOrModelFormatException()
    {
        var random = new Random(4);
        byte[] good = ModelBinary.Write(RandomEnsembles.Ensemble(random, 6, 5, 7));
        Fuzz.Run(good, seed: 5, count: 20_000, bytes => ModelBinary.Read("fuzz", bytes));
        byte[] withInputs = ModelBinary.Write(RandomEnsembles.Ensemble(random, 1, 3, 2), SmallInputs());
        Fuzz.Run(withInputs, seed: 6, count: 20_000, bytes => ModelBinary.Read("fuzz", bytes));
    }

    [Fact]
    public void SaveThenLoad_WithInputs_PreparesTheSame()
    {
        var ensemble = RandomEnsembles.Ensemble(new Random(8), 1, 3, 2);
        ModelDirectory.Save(Model, ensemble, Card(), [new float[3]], SmallInputs());

        var loaded = ModelDirectory.Load(Model);

        Assert.Equal([new InputColumn("amount", false), new InputColumn("plan", true), new InputColumn("rate", false)], loaded.Columns);
        foreach (var (amount, plan, rate) in new[] { (float.NaN, "plus, paid", 2f), (3f, "unheard", 1f), (-1f, null, float.NaN) })
        {
            var (wanted, found) = (new float[3], new float[3]);
            SmallInputs().Apply([amount, 0, rate], [null, plan, null], wanted);
            loaded.Prepare([amount, 0, rate], [null, plan, null], found);
            Assert.Equal(wanted, found);
        }
    }

    private static InputMap SmallInputs() => new(
        [new InputColumn("amount", false), new InputColumn("plan", true), new InputColumn("rate", false)],
        [new InputLookup(1, new Vocabulary(["basic", "plus, paid"])), new InputLookup(2, new Vocabulary([1f, 2f]))],
        [
            new SlotSource("f0", 0, -1, 0, [new SlotStep(true, 4, 0), new SlotStep(false, 1, 0.5f)]),
            new SlotSource("f1", -1, 0, 2, []),
            new SlotSource("f2", -1, 1, 1, [new SlotStep(false, 0, 2)]),
        ]);

    private static void Refused(string expected, Action load)
    {
        var error = Assert.Throws<ModelFormatException>(load);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ModelCard Card() => new()
    {
        Name = "churn",
        LabelDefinition = "No activity within 60 days.",
        FeatureSchemaHash = "schema-1",
        Metrics = new Dictionary<string, double> { ["test_auc"] = 0.79, ["unknown"] = double.NaN },
        CreatedTime = DateTimeOffset.UnixEpoch,
    };

    private string SaveAny()
    {
        var random = new Random(3);
        Save(RandomEnsembles.Ensemble(random, 10, 6, 9), random);
        return Model;
    }

    private void Save(TreeEnsemble ensemble, Random random) => ModelDirectory.Save(
        Model, ensemble, Card(), Enumerable.Range(0, 20).Select(_ => RandomEnsembles.Row(random, ensemble.FeatureCount)).ToArray());
}
