using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Training;

public sealed partial class ReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_WithChampion_IsOneWellFormedPageWithNothingFromOutside()
    {
        (XElement page, string text) = await Train();

        Assert.DoesNotMatch(OutsidePattern(), text);
        Assert.DoesNotContain(
            page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "base");
        Assert.Contains("width=device-width", text, StringComparison.Ordinal);
        Assert.All(["ROC", "Precision and recall", "Calibration", "Lift", "Gain", "Distribution of predictions", "Learning", "SHAP"],
            title => Assert.Contains(page.Descendants("h3"), h => h.Value == title));
        Assert.True(page.Descendants("svg").Count() >= 9);

        // Everything is drawn within its frame, with numbers that are numbers.
        foreach (XElement svg in page.Descendants("svg"))
        {
            foreach (XElement line in svg.Elements("polyline"))
                foreach (string point in line.Attribute("points")!.Value.Split(' '))
                    AssertInside(point.Split(','));
            foreach (XElement dot in svg.Elements("circle")) AssertInside([dot.Attribute("cx")!.Value, dot.Attribute("cy")!.Value]);
        }

        Assert.DoesNotContain("NaN", page.Element("body")!.Elements("main").Single().Elements("header").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_Figures_AreThoseOfTheModelOnTheTestRows()
    {
        (XElement page, _) = await Train();

        TreeModel model = ModelDirectory.Load(_folder.Path("new")), champion = ModelDirectory.Load(_folder.Path("old"));
        (float[][] rows, float[] labels, string[] plans) = ReadTest(model.Manifest!.Card);
        BinaryMetrics Judge(TreeModel judged, Func<int, bool> takes)
        {
            int[] taken = [.. Enumerable.Range(0, rows.Length).Where(takes)];
            double[] said = [.. taken.Select(row => { double[] p = [0]; judged.Predict(rows[row], p); return p[0]; })];
            return BinaryMetrics.Compute(said, [.. taken.Select(row => labels[row])]);
        }

        foreach ((string name, double value) in Judge(model, _ => true).Figures.Where(f => f.Key != "rows"))
            Assert.Equal(value.ToString("F4", CultureInfo.InvariantCulture), Figure(page, name));
        foreach ((string name, double value) in Judge(champion, _ => true).Figures.Where(f => f.Key is "auc" or "log_loss"))
            Assert.Equal(value.ToString("F4", CultureInfo.InvariantCulture), Figure(page, "champion_" + name));
        double difference = Judge(model, _ => true).Auc - Judge(champion, _ => true).Auc;
        Assert.Equal(difference.ToString("+0.0000;-0.0000", CultureInfo.InvariantCulture), Figure(page, "difference_auc"));
        Assert.Equal(
            Judge(model, row => plans[row] == "gold").Auc.ToString("F4", CultureInfo.InvariantCulture), Figure(page, "plan: gold|auc"));
        Assert.Contains("Judged on 900 test rows that chose nothing.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfMeans_ShowsMeansAndNoProbabilities()
    {
        var random = new Random(4);
        var csv = new StringBuilder("x,label\n");
        for (int i = 0; i < 800; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{i % 40},{(random.Next(3) == 0 ? (i % 40) * random.NextDouble() : 0)}\n");
        (int code, _, string error) = await CommandLine.RunAsync(
            "train", "--data", _folder.Write("v.csv", csv.ToString()), "--objective", "tweedie", "--out", _folder.Path("v"), "--rounds", "30");

        Assert.Equal((0, ""), (code, error));
        XElement page = Parse(File.ReadAllText(Path.Combine(_folder.Path("v"), "report.html")));
        double gini = ModelDirectory.Load(_folder.Path("v")).Manifest!.Card.Metrics["validation_gini"];
        Assert.Equal(gini.ToString("F4", CultureInfo.InvariantCulture), Figure(page, "gini"));
        Assert.DoesNotContain(page.Descendants("h3"), h => h.Value == "ROC");
    }

    private async Task<(XElement Page, string Text)> Train()
    {
        string table = _folder.Write("train.csv", Rows(2_400, 1)), test = _folder.Write("test.csv", Rows(900, 2));
        string[] common = ["--categorical", "plan", "--segment", "plan", "--created", "2026-01-02"];
        await CommandLine.RunAsync(["train", "--data", table, "--out", _folder.Path("old"), "--rounds", "3", .. common]);
        (int code, _, string error) = await CommandLine.RunAsync(
            ["train", "--data", table, "--test", test, "--out", _folder.Path("new"), "--champion", _folder.Path("old"), "--rounds", "40",
                .. common]);
        Assert.Equal((0, ""), (code, error));
        string text = File.ReadAllText(Path.Combine(_folder.Path("new"), "report.html"));
        return (Parse(text), text);
    }

    private (float[][] Rows, float[] Labels, string[] Plans) ReadTest(ModelCard card)
    {
        IReadOnlyList<string> plans = card.Features.Single(f => f.Name == "plan").Categories;
        string[][] lines = [.. File.ReadLines(_folder.Path("test.csv")).Skip(1).Select(line => line.Split(','))];
        static float Number(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);
        return (
            [.. lines.Select(f => (float[])[Number(f[1]), plans.ToList().IndexOf(f[2])])],
            [.. lines.Select(f => Number(f[3]))],
            [.. lines.Select(f => f[2])]);
    }

    private static string Figure(XElement page, string name) =>
        page.Descendants().Single(e => (string?)e.Attribute("data-figure") == name).Value;

    private static XElement Parse(string text)
    {
        const string type = "<!DOCTYPE html>\n";
        Assert.StartsWith(type, text, StringComparison.Ordinal);
        return XElement.Parse(text[type.Length..]);
    }

    private static void AssertInside(string[] point)
    {
        Assert.InRange(double.Parse(point[0], CultureInfo.InvariantCulture), 0, 360);
        Assert.InRange(double.Parse(point[1], CultureInfo.InvariantCulture), 0, 230);
    }

    /// <summary>Label 1 is likelier for large x, a missing x, and the plan gold.</summary>
    private static string Rows(int rows, int seed)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("customer_id,x,plan,label\n");
        for (int i = 0; i < rows; i++)
        {
            double x = random.NextDouble();
            bool isMissing = random.Next(6) == 0;
            string plan = random.Next(3) switch { 0 => "gold", 1 => "free", _ => "basic" };
            double logOdds = (4 * (x - 0.5)) + (plan == "gold" ? 1.5 : -0.5);
            int label = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;
            csv.Append(CultureInfo.InvariantCulture, $"c{i / 2},{(isMissing ? "" : x)},{plan},{label}\n");
        }

        return csv.ToString();
    }

    [GeneratedRegex(@"(src|href|xlink:href|srcset|action)\s*=|url\(|@import|https?://", RegexOptions.IgnoreCase)]
    private static partial Regex OutsidePattern();
}
