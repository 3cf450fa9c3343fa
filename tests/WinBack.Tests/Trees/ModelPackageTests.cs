using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

public sealed class ModelPackageTests
{
    [Fact]
    public void ComputeSha256_BytesMovedFromOneFileToTheNext_IsAnother()
    {
        var package = new ModelPackage("here", [1, 2], [3], [4]);

        Assert.Equal(package.ComputeSha256(), (package with { Source = "there" }).ComputeSha256());
        Assert.NotEqual(package.ComputeSha256(), new ModelPackage("here", [1], [2, 3], [4]).ComputeSha256());
    }

    [Fact]
    public void Read_SavedModel_LoadsFromBytesAlone()
    {
        string folder = Directory.CreateTempSubdirectory("winback-model-").FullName;
        var histogram = ReferenceHistogram.Of("x", [1, 2, 3, float.NaN], bins: 3);
        var card = new ModelCard
        {
            Name = "churn",
            LabelDefinition = "1: gone",
            FeatureSchemaHash = "schema-1",
            CreatedTime = DateTimeOffset.UnixEpoch,
            FeatureHistograms = [histogram],
            PredictionHistogram = ReferenceHistogram.Of(ReferenceHistogram.Prediction, [0.5f]),
        };
        var node = new TreeNode { Feature = 0, Threshold = 2, Left = ~0, Right = ~1 };
        ModelDirectory.Save(folder, new TreeEnsemble(["x"], [new Tree([node], [-1, 1])], new LogisticLink()), card, [[1], [3]]);

        ModelPackage package = ModelDirectory.Read(folder);
        Directory.Delete(folder, recursive: true);
        TreeModel model = ModelDirectory.Load(package, "schema-1");

        Assert.Equal(-1, model.Score([1f]));
        ReferenceHistogram read = Assert.Single(model.Manifest!.Card.FeatureHistograms);
        Assert.Equal((histogram.Name, histogram.Missing), (read.Name, read.Missing));
        Assert.Equal(histogram.Edges, read.Edges);
        Assert.Equal(histogram.Counts, read.Counts);
        Assert.Equal([1], model.Manifest.Card.PredictionHistogram!.Counts);
    }
}
