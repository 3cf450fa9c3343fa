using WinBack.Adapters.Models;
using WinBack.Core.Features;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>An ML.NET archive in the place of a model folder, as the service loads it.</summary>
public sealed class ForeignPackageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_ArchiveInPlaceOfTheFolder_ScoresAsTheModel()
    {
        var shipped = ModelDirectory.Load(RepositoryFiles.Path("models", "churn"));
        File.WriteAllBytes(_folder.Path("churn.zip"), ModelWriter.Write(shipped, ModelFormat.MlNet));

        var served = ModelFolder.Load(_folder.Root, "churn", FeatureSchema.Default);

        Assert.Equal("churn", served.Manifest!.Card.Name);
        Assert.Null(served.Inputs);
        Assert.Equal(shipped.FeatureNames, served.FeatureNames);
        foreach (float[] row in new SampleRows(shipped).Features(200, seed: 3))
            Assert.Equal(shipped.Probability(row), served.Probability(row), 1e-6f);
    }

    [SharedDataFact("models/mlnet_true/churn_ft_100x20.zip")]
    public void Load_ArchiveWithOtherFeatures_IsRefusedAndListsThem()
    {
        File.Copy(SharedData.File("models", "mlnet_true", "churn_ft_100x20.zip"), _folder.Path("churn.zip"));

        var error = Assert.Throws<ModelFormatException>(() => ModelFolder.Load(_folder.Root, "churn", FeatureSchema.Default));

        Assert.Contains("f0, f1, f2", error.Message, StringComparison.Ordinal);
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void Load_ArchiveWithTextColumns_IsRefusedAndListsThem()
    {
        File.Copy(SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip"), _folder.Path("churn.zip"));

        var error = Assert.Throws<ModelFormatException>(() => ModelFolder.Load(_folder.Root, "churn", FeatureSchema.Default));

        Assert.Contains("plan, region, channel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameFileTwice_SamePackage()
    {
        var node = new TreeNode { Threshold = 1, Left = ~0, Right = ~1 };
        var model = new TreeModel(new TreeEnsemble(["tenure"], [new Tree([node], [1, 2])], new LogisticLink()));
        File.WriteAllBytes(_folder.Path("m.zip"), ModelWriter.Write(model, ModelFormat.MlNet));

        Assert.Equal(
            ForeignPackage.Read(_folder.Path("m.zip"), "m", "hash").ComputeSha256(),
            ForeignPackage.Read(_folder.Path("m.zip"), "m", "hash").ComputeSha256());
    }
}
