using System.Globalization;

namespace WinBack.Tests.Cli.Uplift;

public sealed class UpliftCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainAndEvaluate_TableWithTexts_RanksAndValuesPolicies()
    {
        string table = WriteTable(6_000);
        string[] train =
        [
            "uplift", "train", "--data", table, "--outcome", "visit", "--treatment", "mail", "--control", "none", "--leave-out", "spend",
        ];
        foreach (string learner in (string[])["t", "dr"])
        {
            (int trained, string said, string fault) = await CommandLine.RunAsync(
                [.. train, "--learner", learner, "--out", _folder.Path(learner)]);
            Assert.Equal((0, ""), (trained, fault));
            Assert.Contains("3,600 rows to learn from, 2,400 held out; arms none, letter", said, StringComparison.Ordinal);
        }

        (int code, string output, string error) = await CommandLine.RunAsync(
            "uplift", "evaluate", "--model", _folder.Path("t"), _folder.Path("dr"), "--data", table, "--cost", "0.1", "--draws", "50");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("2,400 rows, value 1 an outcome, cost 0.1 a treatment", output, StringComparison.Ordinal);
        string[] parts = output.Split("\n\n");
        Assert.True(Figures(parts[1], "dr ")[0] > 5, parts[1]);
        double[] all = Figures(parts[2], "'letter' to all");
        double[] best = Figures(parts[2], "dr ");
        Assert.Equal([0, 0, 0], all[^3..]);
        Assert.InRange(best[0], 30, 70);
        Assert.True(best[^2] > 0, $"the difference to all, its lower end: {parts[2]}");
        Assert.Contains("NIR on these rows", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WrongColumnsOrArms_IsOneAndSaysWhich()
    {
        string table = WriteTable(200);
        string[] train = ["uplift", "train", "--data", table, "--out", _folder.Path("m"), "--outcome", "visit"];

        (int code, _, string error) = await CommandLine.RunAsync([.. train, "--treatment", "letter", "--control", "none"]);
        Assert.Equal(1, code);
        Assert.Contains("there is no column 'letter'; there are ", error, StringComparison.Ordinal);

        (code, _, error) = await CommandLine.RunAsync([.. train, "--treatment", "mail", "--control", "nobody"]);
        Assert.Equal(1, code);
        Assert.Contains("No row was given 'nobody'", error, StringComparison.Ordinal);

        (code, _, error) = await CommandLine.RunAsync("uplift", "evaluate", "--model", _folder.Path("m"), "--data", table);
        Assert.Equal(1, code);
        Assert.Contains("point to a folder that 'winback uplift train' wrote", error, StringComparison.Ordinal);
    }

    /// <summary>The letter helps in the town, and only there.</summary>
    private string WriteTable(int rows)
    {
        var random = new Random(1);
        var lines = new List<string> { "area,recency,visit,spend,mail" };
        for (int row = 0; row < rows; row++)
        {
            string area = random.Next(2) == 0 ? "town" : "country";
            bool isSent = random.Next(2) == 0;
            double rate = 0.1 + (isSent && area == "town" ? 0.3 : 0);
            int visit = random.NextDouble() < rate ? 1 : 0;
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"{area},{random.Next(1, 12)},{visit},{visit * 20},{(isSent ? "letter" : "none")}"));
        }

        string path = _folder.Path("table.csv");
        File.WriteAllLines(path, lines);
        return path;
    }

    /// <summary>The numbers of the first line that begins with a name; those of the name do not count.</summary>
    private static double[] Figures(string text, string name)
    {
        string line = text.Split('\n').First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..];
        return [.. line.Split([' ', '[', ']', ',', '%'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }
}
