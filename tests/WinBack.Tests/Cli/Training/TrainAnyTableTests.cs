using System.Globalization;
using System.Text;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Training;

/// <summary><c>winback train</c> on tables that are not ours: text, other labels, constraints, a search.</summary>
public sealed class TrainAnyTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_TextCategoriesAndTextLabel_AreWrittenDownAndReadBack()
    {
        (int code, string output, string error) = await CommandLine.RunAsync(Arguments("m", "--created", "2026-01-02"));
        (int judged, string json, _) = await CommandLine.RunAsync(
            "evaluate", "--model", _folder.Path("m"), "--data", _folder.Path("t.csv"), "--label", "left", "--positive", "Yes", "--leave-out",
            "id", "--json");

        Assert.Equal((0, "", 0), (code, error, judged));
        ModelManifest manifest = ModelDirectory.Load(_folder.Path("m")).Manifest!;
        FeatureContract plan = manifest.Card.Features.Single(f => f.Name == "plan");
        Assert.Equal(["basic", "free", "gold"], plan.Categories);
        Assert.Equal((FeatureContract.Category, false), (plan.Type, plan.SeenMissing));
        FeatureContract age = manifest.Card.Features.Single(f => f.Name == "age");
        Assert.Equal((FeatureContract.Number, true, "+"), (age.Type, age.SeenMissing, age.Monotone));
        Assert.InRange(age.Most!.Value, 49, 50);
        Assert.Contains("\"auc\": 0.", json, StringComparison.Ordinal);
        Assert.Contains("violations", output, StringComparison.Ordinal);
        Assert.Contains(ModelDirectory.Load(_folder.Path("m")).Ensemble.Trees, t => t.Nodes.ToArray().Any(n => n.Kind == SplitKind.CategoryIn));
    }

    [Fact]
    public async Task ModelScore_TextCategories_AreReadAsTheyWereTrained()
    {
        await CommandLine.RunAsync(Arguments("m"));
        string rows = _folder.Write("rows.csv", "plan,age\nfree,40\nnever heard of,40\n,40\n");

        (int code, string output, string error) = await CommandLine.RunAsync(
            "model", "score", "--model", _folder.Path("m"), "--input", rows, "--output", "raw");

        Assert.Equal((0, ""), (code, error));
        TreeModel model = ModelDirectory.Load(_folder.Path("m"));
        double Raw(float plan) { double[] score = [0]; model.RawScores([40, plan], score); return score[0]; }
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        double[] scores = [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal([Raw(1), Raw(-1), Raw(float.NaN)], scores);
        Assert.True(scores[0] > scores[1]);
    }

    [Fact]
    public async Task Train_TestRowsOfOneLabel_StillMakesAReport()
    {
        string only = _folder.Write("only.csv", "id,age,plan,left\n" + string.Concat(Enumerable.Repeat("1,30,free,No\n", 60)));

        (int code, _, string error) = await CommandLine.RunAsync(Arguments("m", "--test", only));

        Assert.Equal((0, ""), (code, error));
        string report = File.ReadAllText(Path.Combine(_folder.Path("m"), "report.html"));
        Assert.DoesNotContain("ROC", report, StringComparison.Ordinal);
        Assert.DoesNotContain("points=\"NaN", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ModelOfMeans_PrintsErrorsAndOrder()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 300).Select(i => $"{i % 7},{i % 7 * 3}\n");
        string table = _folder.Write("means.csv", "x,label\n" + string.Concat(rows));
        await CommandLine.RunAsync("train", "--data", table, "--objective", "poisson", "--out", _folder.Path("p"), "--rounds", "80");

        (int code, string output, _) = await CommandLine.RunAsync("evaluate", "--model", _folder.Path("p"), "--data", table);

        Assert.Equal(0, code);
        Assert.Matches(@"gini +1\b", output);
        Assert.Contains("mean_prediction", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Card_HoldsWhatTheLifeCycleNeeds()
    {
        await CommandLine.RunAsync(Arguments("m", "--approver", "Ada", "--reason", "first", "--label-definition", "left within a year"));

        ModelManifest manifest = ModelDirectory.Load(_folder.Path("m")).Manifest!;
        ModelCard card = manifest.Card;
        Assert.Equal(manifest.BinarySha256[..12], card.Version);
        Assert.Equal(("winback", "left within a year"), (card.SourceFormat, card.LabelDefinition));
        Assert.Equal(["learning", "validation", "purged"], card.Parts.Select(part => part.Name));
        Assert.Equal(1_500, card.Parts.Sum(part => part.Rows));
        Assert.Equal(("Platt", 300), (card.Calibration!.Kind, card.Calibration.Rows));
        Assert.Equal(card.Features.Select(f => f.Name), card.FeatureHistograms.Select(h => h.Name));
        Assert.All(card.FeatureHistograms, h => Assert.Equal(1_500, h.Counts.Sum() + h.Missing));
        Assert.Equal(300, card.PredictionHistogram!.Counts.Sum());
        Assert.Equal(("age", "+", 0), (card.MonotoneChecks[0].Feature, card.MonotoneChecks[0].Direction, card.MonotoneChecks[0].Violations));
        Assert.True(card.MonotoneChecks[0].Steps > 1000);
        SegmentMetric auc = card.SegmentMetrics.Single(m => m is { Segment: "", Metric: "auc" });
        Assert.InRange(auc.Value, auc.Low, auc.High);
        Assert.Equal(card.Metrics["validation_auc"], auc.Value, 9);
        Assert.Contains(card.SegmentMetrics, m => m.Segment.Length > 0);
        Assert.Equal("Ada", card.Approval!.Approver);
        Assert.True(card.Latency!.MedianNanoseconds > 0);
    }

    [Fact]
    public async Task Train_Version_FollowsContentAndNothingElse()
    {
        async Task<string> Version(string folder, params string[] more)
        {
            await CommandLine.RunAsync(Arguments(folder, ["--name", "m", .. more]));
            return ModelDirectory.Load(_folder.Path(folder)).Manifest!.Card.Version;
        }

        string first = await Version("a");
        Assert.Equal(first, await Version("b", "--created", "2020-01-01", "--threads", "1"));
        Assert.NotEqual(first, await Version("c", "--l2", "7"));
    }

    [Fact]
    public async Task Train_Search_IsSeededAndNoWorseThanTheSettingsGiven()
    {
        (int code, _, string error) = await CommandLine.RunAsync(Arguments("a", "--search", "4", "--name", "m"));
        await CommandLine.RunAsync(Arguments("b", "--search", "4", "--name", "m"));

        Assert.Equal((0, ""), (code, error));
        SearchSummary search = ModelDirectory.Load(_folder.Path("a")).Manifest!.Card.Search!;
        Assert.Equal((3, 4), (search.Folds, search.Trials));
        Assert.True(search.BestLoss <= search.FirstLoss);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder.Path("a"), ModelDirectory.BinaryFile)),
            File.ReadAllBytes(Path.Combine(_folder.Path("b"), ModelDirectory.BinaryFile)));
    }

    [Theory]
    [InlineData("--class-weight heavy: a number or 'balanced' is needed", "--class-weight", "heavy")]
    [InlineData("--monotone age:up: write the feature's name, then :+ or :-", "--monotone", "age:up")]
    [InlineData("'nothing' is categorical or monotone in the options", "--monotone", "nothing:-")]
    [InlineData("--folds must be 0 or 2 to 20", "--folds", "1")]
    [InlineData("--categorical nothing: ", "--categorical", "nothing")]
    public async Task Train_BadSettings_NamesTheOption(string expected, params string[] more)
    {
        (int code, _, string error) = await CommandLine.RunAsync(Arguments("m", more));

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ClassWeightBalanced_PullsPredictionsUpAndPlattBack()
    {
        await CommandLine.RunAsync(Arguments("none", "--class-weight", "balanced", "--calibration", "none"));
        await CommandLine.RunAsync(Arguments("platt", "--class-weight", "balanced"));

        Assert.True(ModelDirectory.Load(_folder.Path("none")).Manifest!.Card.Metrics["validation_ece"] > 0.1);
        Assert.True(ModelDirectory.Load(_folder.Path("platt")).Manifest!.Card.Metrics["validation_ece"] < 0.06);
    }

    private string[] Arguments(string folder, params string[] more) =>
    [
        "train", "--data", Table(), "--label", "left", "--positive", "Yes", "--leave-out", "id", "--categorical", "plan", "--out",
        _folder.Path(folder), "--rounds", "25", .. more.Contains("--monotone") ? more : [.. more, "--monotone", "age:+"],
    ];

    /// <summary>About a fifth leave; the old and those with the plan free more often.</summary>
    private string Table()
    {
        var random = new Random(6);
        var csv = new StringBuilder("id,age,plan,left\n");
        for (int i = 0; i < 1_500; i++)
        {
            double age = random.NextDouble() * 50;
            string plan = random.Next(3) switch { 0 => "gold", 1 => "free", _ => "basic" };
            double logOdds = (0.05 * age) - 3.2 + (plan == "free" ? 1.2 : 0);
            string label = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? "Yes" : "No";
            csv.Append(CultureInfo.InvariantCulture, $"#{i},{(i % 11 == 0 ? " " : age)},{plan},{label}\n");
        }

        return _folder.Write("t.csv", csv.ToString());
    }
}
