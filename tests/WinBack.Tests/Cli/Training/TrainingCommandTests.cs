using System.Globalization;
using System.Text;
using System.Text.Json;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Training;

public sealed class TrainingCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_SeparableTable_WritesACheckedModelThatRanksRightly()
    {
        string table = WriteTable(3_000, seed: 1), test = WriteTable(1_000, seed: 2);

        (int code, string output, string error) = await CommandLine.RunAsync(
            "train", "--data", table, "--test", test, "--out", _folder.Path("model"), "--created", "2026-01-02", "--rounds",
            "60");

        Assert.Equal((0, ""), (code, error));
        TreeModel model = ModelDirectory.Load(_folder.Path("model"));
        ModelCard card = model.Manifest!.Card;
        Assert.Equal("model", card.Name);
        Assert.Equal(["x", "y", "noise"], model.FeatureNames);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), card.CreatedTime);
        Assert.True(card.Metrics["test_auc"] > 0.9, $"{card.Metrics["test_auc"]}");
        Assert.Equal(1_000, card.Metrics["test_rows"]);
        Assert.Contains("Wrote ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Twice_GivesTheSameBytes()
    {
        string table = WriteTable(1_000, seed: 1);
        foreach (string name in (string[])["a", "b"])
            await CommandLine.RunAsync("train", "--data", table, "--out", _folder.Path(name), "--name", "m", "--created",
                "2026-01-02", "--rounds", "20");

        foreach (string file in (string[])[ModelDirectory.ManifestFile, ModelDirectory.BinaryFile, ModelDirectory.GoldenFile])
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder.Path("a"), file)),
                File.ReadAllBytes(Path.Combine(_folder.Path("b"), file)));
    }

    [Fact]
    public async Task Train_IgnoredFeature_StaysInTheVectorAndIsNeverAskedFor()
    {
        await CommandLine.RunAsync(
            "train", "--data", WriteTable(1_000, seed: 1), "--out", _folder.Path("m"), "--ignore", "x", "--rounds", "20",
            "--refit");

        TreeModel model = ModelDirectory.Load(_folder.Path("m"));
        Assert.Equal(["x", "y", "noise"], model.FeatureNames);
        foreach (var tree in model.Ensemble.Trees)
            foreach (var node in tree.Nodes) Assert.NotEqual(0, node.Feature);
    }

    [Fact]
    public async Task Evaluate_Model_PrintsTheFiguresOfTheManifest()
    {
        string table = WriteTable(2_000, seed: 1), test = WriteTable(1_000, seed: 2);
        await CommandLine.RunAsync("train", "--data", table, "--test", test, "--out", _folder.Path("m"), "--rounds", "30");
        IReadOnlyDictionary<string, double> figures = ModelDirectory.Load(_folder.Path("m")).Manifest!.Card.Metrics;

        (int code, string output, _) = await CommandLine.RunAsync("evaluate", "--model", _folder.Path("m"), "--data", test);
        (_, string text, _) = await CommandLine.RunAsync("evaluate", "--model", _folder.Path("m"), "--data", test, "--json");

        Assert.Equal(0, code);
        Assert.Contains(figures["test_auc"].ToString("F4", CultureInfo.InvariantCulture), output, StringComparison.Ordinal);
        Assert.Contains("Calibration:", output, StringComparison.Ordinal);
        Assert.Contains("Lift:", output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(text);
        Assert.Equal(figures["test_auc"], json.RootElement.GetProperty("metrics").GetProperty("auc").GetDouble());
        Assert.Equal(10, json.RootElement.GetProperty("lift").GetArrayLength());
    }

    [Fact]
    public async Task Evaluate_ColumnsInAnotherOrder_GivesTheSame()
    {
        await CommandLine.RunAsync("train", "--data", WriteTable(2_000, seed: 1), "--out", _folder.Path("m"), "--rounds", "30");
        string[] rows = File.ReadAllLines(WriteTable(500, seed: 2));
        string turned = _folder.Write(
            "turned.csv", string.Join('\n', rows.Select(row => string.Join(',', row.Split(',').Reverse()))) + "\n");

        (_, string expected, _) =
            await CommandLine.RunAsync("evaluate", "--model", _folder.Path("m"), "--data", _folder.Path("t2.csv"));
        (_, string actual, _) = await CommandLine.RunAsync("evaluate", "--model", _folder.Path("m"), "--data", turned);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Evaluate_MissingFeatures_NamesThemAll()
    {
        await CommandLine.RunAsync("train", "--data", WriteTable(1_000, seed: 1), "--out", _folder.Path("m"), "--rounds", "5");
        string other = _folder.Write("other.csv", "x,label\n" + string.Concat(Enumerable.Repeat("1,0\n2,1\n", 10)));

        (int code, _, string error) = await CommandLine.RunAsync("evaluate", "--model", _folder.Path("m"), "--data", other);

        Assert.Equal(1, code);
        Assert.Contains("lacks features of the model: y, noise", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,label\n1,2\n", "line 2, label is '2': 0 or 1 is needed")]
    [InlineData("x,label\n1,\n", "line 2, label is '': 0 or 1 is needed")]
    [InlineData("x,label\nred,1\n", "line 2, x is 'red': a number is needed, or --categorical for text, or --leave-out")]
    [InlineData("x,cut_time,label\n1,yesterday,1\n", "line 2, cut_time is 'yesterday'")]
    [InlineData("x,y\n1,1\n", "--label label:")]
    [InlineData("x,label\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n", "both classes are needed")]
    public async Task Train_BadTable_NamesLineColumnAndFix(string csv, string expected)
    {
        (int code, _, string error) =
            await CommandLine.RunAsync("train", "--data", _folder.Write("bad.csv", csv), "--out", _folder.Path("m"));

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("m")));
    }

    [Theory]
    [InlineData("The field Leaves must be between 2 and 4096", "--leaves", "1")]
    [InlineData("--ignore nothing: the table has no such feature", "--ignore", "nothing")]
    [InlineData("--valid-from needs a time", "--valid-from", "2011-01-01")]
    [InlineData("--valid-share must be above 0 and below 1", "--valid-share", "1")]
    [InlineData("--calibration needs rows that were not learnt from", "--refit", "--calibration", "platt")]
    public async Task Train_BadSettings_NamesTheOption(string expected, params string[] more)
    {
        (int code, _, string error) =
            await CommandLine.RunAsync(["train", "--data", WriteTable(500, seed: 1), "--out", _folder.Path("m"), .. more]);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelInspect_Model_ShowsCardAndWhatItLooksAt()
    {
        await CommandLine.RunAsync("train", "--data", WriteTable(2_000, seed: 1), "--out", _folder.Path("m"), "--rounds", "30");

        (int code, string output, _) = await CommandLine.RunAsync("model", "inspect", _folder.Path("m"));

        Assert.Equal(0, code);
        Assert.Contains("learning_rate", output, StringComparison.Ordinal);
        Assert.Matches(@"\d+\.\d %  x\n", output);
    }

    [Fact]
    public async Task ModelInspect_NoModel_IsOneAndSaysWhatToGive()
    {
        (int code, _, string error) = await CommandLine.RunAsync("model", "inspect", _folder.Path("none"));

        Assert.Equal(1, code);
        Assert.Contains("model: ", error, StringComparison.Ordinal);
    }

    /// <summary>Label 1 is likelier for a large x and a missing y.</summary>
    private string WriteTable(int rows, int seed)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("customer_id,x,y,noise,label\n");
        for (int i = 0; i < rows; i++)
        {
            double x = random.NextDouble();
            bool isMissing = random.Next(3) == 0;
            double logOdds = (12 * (x - 0.5)) + (isMissing ? 2 : -1);
            int label = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;
            string y = isMissing ? "" : random.NextDouble().ToString(CultureInfo.InvariantCulture);
            csv.Append(CultureInfo.InvariantCulture, $"c{i},{x},{y},{random.NextDouble()},{label}\n");
        }

        return _folder.Write($"t{seed}.csv", csv.ToString());
    }
}
