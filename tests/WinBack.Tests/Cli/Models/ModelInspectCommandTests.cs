using WinBack.Tests.Trees;

namespace WinBack.Tests.Cli.Models;

/// <summary>Every format says the same things of itself.</summary>
public sealed class ModelInspectCommandTests
{
    [SharedDataFact("models")]
    public async Task Inspect_EveryFormat_TellsAll()
    {
        await Says("mlnet_true/churn_ft_100x20.zip", "ML.NET .zip", 100, 2000, 32, "logistic", "Platt: slope 0.4, offset 0", "f11");
        await Says("mlnet_true/churn_ft_onehot_catsplit_100x20.zip", "ML.NET .zip", 100, 2000, null, "logistic", "Platt", "f11");
        await Says("mlnet/fasttree_tweedie_1989feat.zip", "ML.NET .zip", null, null, 1989, "exp", "none", "%");
        await Says("mlnet/fasttree_ova_zero_trees.mlnet", "ML.NET .zip", 0, 0, 97, "one versus all", "by class", "Share");
        await Says("lightgbm/leaves__lg_kddcup99.model.gz", "LightGBM text", null, null, 41, "softmax", "none", "Column_4");
        await Says("lightgbm/leaves__genlin_fmtp_poisson_Frequency.model.gz", "LightGBM text", null, null, 9, "exp", "none", "%");
        await Says("xgboost/gen_bin_missing.json.gz", "XGBoost JSON", 60, null, null, "logistic", "none", "Share of the loss reduction");
        await Says("xgboost/gen_cat_onehot.ubj.gz", "XGBoost UBJ", 30, null, null, "logistic", "none", "Share of the loss reduction");
        await Says("onnx/bin_d6_t100_mlnetstyle.onnx.gz", "ONNX", 100, null, 28, "logistic", "none", "Share of the splits");
        await Says("onnx/treeensemble5_single_tree.onnx.gz", "ONNX", null, null, 2, "none", "none", "Share of the splits");
    }

    [Fact]
    public async Task Inspect_ShippedModel_TellsAll()
    {
        var (code, output, _) = await CommandLine.RunAsync("model", "inspect", RepositoryFiles.Path("models", "churn"));

        Assert.Equal(0, code);
        Assert.All(
            ["WinBack model directory", "label", "model sha256", "golden rows", "trees", "leaves", "logistic", "calibration", "features", "%"],
            word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public async Task Inspect_TextColumns_AreNamed()
    {
        string path = SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip");

        var (_, output, _) = await CommandLine.RunAsync("model", "inspect", path);

        Assert.Contains("plan, region, channel", output, StringComparison.Ordinal);
    }

    private static async Task Says(
        string file, string kind, int? trees, int? leaves, int? features, string link, string calibration, string importance)
    {
        var (code, output, error) = await CommandLine.RunAsync("model", "inspect", SharedData.File(["models", .. file.Split('/')]));
        Assert.True(code == 0, error);
        string[] lines = output.Split('\n');
        Assert.Equal(kind, Field("kind"));
        Assert.StartsWith(trees is null ? "" : $"{trees},", Field("trees"), StringComparison.Ordinal);
        Assert.True(leaves is null || Field("leaves") == $"{leaves}", Field("leaves"));
        Assert.True(features is null || Field("features") == $"{features}", Field("features"));
        Assert.StartsWith(link, Field("link"), StringComparison.Ordinal);
        Assert.StartsWith(calibration, Field("calibration"), StringComparison.Ordinal);
        Assert.Contains(importance, output, StringComparison.Ordinal);

        string Field(string name) => lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..].Trim();
    }
}
