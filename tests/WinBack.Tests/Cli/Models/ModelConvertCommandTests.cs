using WinBack.Tests.Trees;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Models;

/// <summary>The command around the writers: files, refusals, names.</summary>
public sealed class ModelConvertCommandTests : IDisposable
{
    private static readonly string Shipped = RepositoryFiles.Path("models", "churn");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("onnx", ModelFormat.Onnx)]
    [InlineData("mlnet", ModelFormat.MlNet)]
    [InlineData("lightgbm", ModelFormat.LightGbm)]
    [InlineData("winback", ModelFormat.WinBack)]
    public async Task Convert_ShippedModel_ScoresTheSame(string target, ModelFormat format)
    {
        var (code, output, error) = await Convert(Shipped, target, "made");

        Assert.True(code == 0, error);
        Assert.Contains(TreesAndLeaves(Shipped), output, StringComparison.Ordinal);
        Assert.Equal(format, ModelReader.Open(_folder.Path("made")).Format);
        string rows = Path.Combine(Shipped, ModelDirectory.GoldenFile);
        double[][] found = await ScoreRun.ValuesAsync(_folder.Path("made"), rows, "--output", "raw");
        ScoreRun.AssertSame(await ScoreRun.ValuesAsync(Shipped, rows, "--output", "raw"), found, 1e-7);
    }

    private static string TreesAndLeaves(string model)
    {
        var ensemble = ModelReader.Open(model).Ensemble;
        return $"{ensemble.Trees.Count} trees, {ensemble.LeafCount} leaves";
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public async Task Convert_MlNetWithTextColumnsToOurs_SameBitsAsMlNet()
    {
        await Convert(SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip"), "winback", "own");
        using var reader = FloatCsv.Open(SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.expected.csv.gz"));
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        string rows = SharedData.File("models", "mlnet_true", "test_cat.csv.gz");
        var (code, output, _) = await CommandLine.RunAsync("model", "score", "--model", _folder.Path("own"), "--input", rows);

        Assert.Equal(0, code);
        Assert.Equal(lines.Skip(1).Select(line => line.Split(',')[3]), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [SharedDataFact("models/mlnet_true/churn_ft_100x20.zip")]
    public async Task Convert_Fold_ImputationMovesIntoTheTrees()
    {
        string model = SharedData.File("models", "mlnet_true", "churn_ft_100x20.zip");
        Assert.Equal(0, (await Convert(model, "winback", "kept")).Code);
        Assert.Equal(0, (await Convert(model, "winback", "folded", "--fold")).Code);

        Assert.NotNull(ModelReader.Open(_folder.Path("kept")).Inputs);
        Assert.Null(ModelReader.Open(_folder.Path("folded")).Inputs);
        string rows = SharedData.File("models", "mlnet_true", "test.csv.gz");
        Assert.Equal(await ScoreRun.ValuesAsync(model, rows), await ScoreRun.ValuesAsync(_folder.Path("folded"), rows));
    }

    [SharedDataFact("models/mlnet_census")]
    public async Task Convert_MlNetsCensusTrees_SameThroughOursAndMlNet()
    {
        string file = SharedData.File("models", "mlnet_census", "FastTree-TrainTest-Census.Cat.golden.json.gz");
        using var json = System.Text.Json.JsonDocument.Parse(FloatCsv.Open(file).ReadToEnd());
        var model = new TreeModel(CensusTrees.Read(json.RootElement));
        File.WriteAllBytes(_folder.Path("census.zip"), ModelWriter.Write(model, ModelFormat.MlNet));

        var (code, output, error) = await Convert(_folder.Path("census.zip"), "winback", "own");

        Assert.True(code == 0, error);
        Assert.Contains("the same raw scores", output, StringComparison.Ordinal);
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public async Task Convert_WhatTheTargetCannotSay_IsOneAndWritesNothing()
    {
        string model = SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip");

        var (code, _, error) = await Convert(model, "lightgbm", "made.txt");

        Assert.Equal(1, code);
        Assert.Contains("text columns, the model has plan, region, channel", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [SharedDataFact("models/lightgbm/lleaves__mixed_categorical.txt.gz")]
    public async Task Convert_Map_RenamesTheColumns()
    {
        string model = SharedData.File("models", "lightgbm", "lleaves__mixed_categorical.txt.gz");
        string first = ModelReader.Open(model).FeatureNames[0];
        string map = _folder.Write("map.csv", $"model,column\n{first},tenure\n");

        var (code, _, error) = await Convert(model, "winback", "made", "--map", map, "--name", "mine");

        Assert.True(code == 0, error);
        var made = ModelReader.Open(_folder.Path("made"));
        Assert.Equal("tenure", made.FeatureNames[0]);
        Assert.Equal("mine", made.Manifest!.Card.Name);
        Assert.Equal(1, (await Convert(model, "winback", "made", "--map", _folder.Write("bad.csv", "model,column\nnone,x\n"))).Code);
    }

    [Fact]
    public async Task Convert_WrongCommandLine_IsTwo()
    {
        Assert.Equal(2, (await CommandLine.RunAsync("model", "convert", Shipped, "--to", "pickle", "--output", "x")).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("model", "convert", Shipped, "--to", "onnx")).Code);
        Assert.Equal(1, (await Convert(_folder.Path("nowhere"), "onnx", "made")).Code);
    }

    private Task<(int Code, string Output, string Error)> Convert(string model, string target, string output, params string[] options) =>
        CommandLine.RunAsync(["model", "convert", model, "--to", target, "--output", _folder.Path(output), .. options]);
}
