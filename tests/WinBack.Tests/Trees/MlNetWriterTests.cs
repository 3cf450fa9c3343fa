using System.IO.Compression;
using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>ML.NET archives that we write: byte for byte ML.NET's where it was the source, bit for bit the same scores read back.</summary>
public sealed class MlNetWriterTests
{
    [SharedDataFact("models/mlnet_true")]
    public void Write_PlainPipelineOfMlNet_EveryComponentIsTheSameBytes()
    {
        SameStreams("mlnet_true/churn_ft_100x20.zip", 7, path => path.EndsWith("Model.key", StringComparison.Ordinal));
        SameStreams("mlnet_true/churn_ft_500x64.zip", 7, path => path.EndsWith("Model.key", StringComparison.Ordinal));
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void Write_OneHotAndCategoricalSplits_PredictorAndCalibratorAreTheSameBytes() => SameStreams(
        "mlnet_true/churn_ft_onehot_catsplit_100x20.zip",
        4,
        path => path.EndsWith("Model.key", StringComparison.Ordinal)
            && (path.Contains("/Model/", StringComparison.Ordinal) || path.Contains("Vocabulary", StringComparison.Ordinal)));

    [SharedDataFact("models/mlnet")]
    public void Write_OtherPredictors_AreTheSameBytes()
    {
        SameStreams("mlnet/fasttree_reg_bike.zip", 1, path => path.EndsWith("Model/Model.key", StringComparison.Ordinal));
        SameStreams("mlnet/fasttree_reg_taxi_500x57.zip", 1, path => path.EndsWith("Model/Model.key", StringComparison.Ordinal));
        SameStreams("mlnet/fasttree_tweedie_1989feat.zip", 1, path => path.EndsWith("Model/Model.key", StringComparison.Ordinal));
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void Write_ModelsOfMlNet_SameScores()
    {
        foreach (string file in (string[])["mlnet_true/churn_ft_onehot_catsplit_100x20.zip", "mlnet/fasttree_bin_fraud_1000x64_v4.zip"])
        {
            var model = Open(file);
            SameScores(model, WrittenAndRead(model), new Random(2));
        }
    }

    [Fact]
    public void Write_RandomTrees_SameScores()
    {
        var random = new Random(4);
        Link[] links = [new LogisticLink(0.7, 0.1), new IdentityLink(), new ExponentialLink(), new BinnedLink(-1, 0.5f, [0.1f, 0.9f])];
        for (int i = 0; i < 40; i++)
        {
            var trees = RandomEnsembles.Ensemble(random, 8, 5, 9).Trees.Where(IsExpressible).ToArray();
            var model = new TreeModel(new TreeEnsemble(
                ["a", "b", "c", "d", "e"], trees, links[i % links.Length], [random.NextDouble()], precision: ScorePrecision.Single));

            var found = WrittenAndRead(model);

            Assert.Equal(model.Ensemble.Link.GetType(), found.Ensemble.Link.GetType());
            for (int row = 0; row < 100; row++)
            {
                float[] features = RandomEnsembles.Row(random, 5);
                Assert.Equal(model.Score(features), found.Score(features));
                Assert.Equal(model.Probability(features), found.Probability(features));
            }
        }
    }

    [Fact]
    public void Write_PreparationOfEveryKind_SameScores()
    {
        var inputs = new InputMap(
            [new InputColumn("amount", false), new InputColumn("plan", true), new InputColumn("rate", false)],
            [new InputLookup(1, new Vocabulary(["basic", "plus, paid"])), new InputLookup(2, new Vocabulary([1f, 2.5f, 4f]))],
            [
                new SlotSource("amount", 0, -1, 0, [new SlotStep(true, 4, 0), new SlotStep(false, 1, 0.5f)]),
                new SlotSource("basic", -1, 0, 1, []), new SlotSource("plus", -1, 0, 2, []),
                new SlotSource("r1", -1, 1, 1, []), new SlotSource("r2", -1, 1, 2, []), new SlotSource("r4", -1, 1, 3, []),
                new SlotSource("rate", 2, -1, 0, [new SlotStep(false, -1, -2)]),
            ]);
        var random = new Random(6);
        for (int i = 0; i < 20; i++)
        {
            var trees = RandomEnsembles.Ensemble(random, 25, 7, 5).Trees.Where(IsExpressible).ToArray();
            Assert.NotEmpty(trees);
            var ensemble = new TreeEnsemble(inputs.FeatureNames.ToArray(), trees, new LogisticLink(), precision: ScorePrecision.Single);
            var model = new TreeModel(ensemble, null, inputs);

            SameScores(model, WrittenAndRead(model), random);
        }
    }

    [Fact]
    public void Write_SameModelTwice_SameBytes()
    {
        var model = ModelReader.Open(RepositoryFiles.Path("models", "churn"));

        Assert.Equal(ModelWriter.Write(model, ModelFormat.MlNet), ModelWriter.Write(model, ModelFormat.MlNet));
    }

    [Fact]
    public void Write_WhatItCannotSay_IsRefusedByName()
    {
        Refused("2 outputs", new TreeEnsemble(["x"], [], new SoftmaxLink(), [0, 0]));
        Refused("divided by 3", new TreeEnsemble(["x"], [], new IdentityLink(), divisor: 3));
        Refused("there are no features", new TreeEnsemble([], [], new IdentityLink()));
        Refused("tree 0, node 0 asks for categories of one column", Stump(new TreeNode { Kind = SplitKind.CategoryIn }));
        Refused("tree 0, node 0 counts zero as missing", Stump(new TreeNode { Threshold = 1, ZeroIsMissing = true }));
        Refused("below minus infinity", Stump(new TreeNode { Kind = SplitKind.LessThan, Threshold = float.NegativeInfinity }));
    }

    private static void Refused(string expected, TreeEnsemble ensemble)
    {
        var error = Assert.Throws<ConversionException>(() => ModelWriter.Write(new TreeModel(ensemble), ModelFormat.MlNet));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static TreeEnsemble Stump(TreeNode node) => new(
        ["x"], [new Tree([node with { Left = ~0, Right = ~1 }], [1, 2]) { Sets = [new ValueSet([1])] }], new IdentityLink());

    private static bool IsExpressible(Tree tree) => !tree.Nodes.ToArray().Any(node =>
        node.Kind is SplitKind.CategoryIn or SplitKind.ValueIn
        || node.ZeroIsMissing
        || (node.Kind == SplitKind.LessThan && float.IsNegativeInfinity(node.Threshold)));

    private static void SameStreams(string file, int count, Func<string, bool> isCompared)
    {
        using var expected = new ZipArchive(File.OpenRead(SharedData.File(["models", .. file.Split('/')])));
        using var found = new ZipArchive(new MemoryStream(ModelWriter.Write(Open(file), ModelFormat.MlNet)));
        var written = found.Entries.Select(entry => (Name: entry.FullName, Bytes: Bytes(entry))).ToArray();
        var compared = expected.Entries.Where(entry => isCompared(entry.FullName.Replace('\\', '/'))).ToArray();
        Assert.Equal(count, compared.Length);
        foreach (var entry in compared)
        {
            byte[] wanted = Bytes(entry);
            Assert.True(written.Any(other => other.Bytes.SequenceEqual(wanted)), $"{file}: no stream is that of {entry.FullName}");
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static TreeModel Open(string file) => ModelReader.Open(SharedData.File(["models", .. file.Split('/')]));

    private static TreeModel WrittenAndRead(TreeModel model) => ModelReader.Read("written.zip", ModelWriter.Write(model, ModelFormat.MlNet));

    private static void SameScores(TreeModel model, TreeModel found, Random random)
    {
        var rows = new SampleRows(model);
        var (numbers, texts) = (new float[model.Columns.Count], new string?[model.Columns.Count]);
        var (features, others) = (new float[model.FeatureNames.Count], new float[found.FeatureNames.Count]);
        string[] columns = model.Columns.Select(column => column.Name).ToArray();
        int[] places = found.Columns.Select(column => Array.IndexOf(columns, column.Name)).ToArray();
        for (int row = 0; row < 200; row++)
        {
            rows.Next(random, numbers, texts);
            model.Prepare(numbers, texts, features);
            found.Prepare(places.Select(place => numbers[place]).ToArray(), places.Select(place => texts[place]).ToArray(), others);
            Assert.Equal(model.Score(features), found.Score(others));
            Assert.Equal(model.Probability(features), found.Probability(others));
        }
    }
}
