using System.Globalization;
using System.Text.RegularExpressions;
using WinBack.Cli;
using WinBack.Tests.Trees;

namespace WinBack.Tests.Cli.Reasons;

[Trait("Rule", "L1")]
public sealed partial class ReasonsCommandTests : IDisposable
{
    private const string Ravenstack = "ravenstack/ravenstack_churn_events.csv.gz";

    private static readonly string[] RavenstackCodes =
        ["pricing=price", "budget=price", "features=product_fit", "support=support_friction", "competitor=switching"];

    private readonly TempFolder _folder = new();

    private static string Phrases => RepositoryFiles.Path("models", "reasons", "phrases.csv");

    private static string Words => RepositoryFiles.Path("models", "reasons", "words.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_ShippedPhrases_GivesTheShippedWeights()
    {
        string made = _folder.Path("weights.tsv");
        var (code, _, _) = await CommandLine.RunAsync(
            "reasons", "train", "--phrases", Phrases, "--words", Words, "--folds", "2", "--out", made);
        Assert.Equal(ExitCode.Ok, code);
        string[] shipped = File.ReadAllLines(RepositoryFiles.Path("src", "WinBack.Core", "Policy", "Reasons", "reason-words.tsv"));
        string[] trained = File.ReadAllLines(made);
        // Another machine's exponential may round the last place otherwise, and with it the order of lines.
        Assert.Equal(Table(shipped).Keys.Order(StringComparer.Ordinal), Table(trained).Keys.Order(StringComparer.Ordinal));
        foreach ((string word, double[] ratios) in Table(shipped))
            for (int i = 0; i < ratios.Length; i++) Assert.Equal(ratios[i], Table(trained)[word][i], 0.0101);
    }

    /// <summary>What docs/REASONS.md claims. Phrases and words are in the checkout, so it is the same everywhere.</summary>
    [Fact]
    public async Task Train_CrossValidated_BeatsTheBaselineAsDocumented()
    {
        var (_, output, _) = await CommandLine.RunAsync("reasons", "train", "--phrases", Phrases, "--words", Words);
        Assert.StartsWith("5-fold cross-validation: accuracy 0.73", output);
        Assert.Contains("[0.674, 0.785] on 240 texts", output);
        Assert.Contains("always the most frequent reason: 0.167", output);
    }

    /// <summary>Its feedback was drawn without regard to its reason codes: who claims to learn them from it leaks.</summary>
    [SharedDataFact(Ravenstack)]
    public async Task Evaluate_Ravenstack_TagsEveryText_AndCannotKnowItsCodes()
    {
        var (code, output, _) = await CommandLine.RunAsync(
            ["reasons", "evaluate", "--phrases", SharedData.File(Ravenstack.Split('/')), "--text-column", "feedback_text",
            "--reason-column", "reason_code", "--map", .. RavenstackCodes]);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("on 452 texts (452 with a known word)", output);
        double accuracy = double.Parse(AccuracyPattern().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(accuracy, 0.15, 0.3);
    }

    [Fact]
    public async Task Tag_SaysReasonWordsAndProbabilities()
    {
        var (_, output, _) = await CommandLine.RunAsync("reasons", "tag", "far too expensive");
        Assert.StartsWith("price: 'expensive'", output);
        Assert.Contains("  switching ", output);
        Assert.Equal("No word of it is known.\n", (await CommandLine.RunAsync("reasons", "tag", "xyzzy")).Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("reason,text\nwealth,so rich\n", "line 2: 'wealth' is no reason")]
    [InlineData("why,text\nprice,dear\n", "the header lacks reason")]
    [InlineData("reason,text\nprice,\n", "no row has a text")]
    public async Task Train_BrokenFile_IsRefusedWithTheFix(string content, string message)
    {
        var (code, _, error) = await CommandLine.RunAsync("reasons", "train", "--phrases", _folder.Write("p.csv", content));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Map_NamesAReasonThatIsNone_IsRefused() => Assert.Contains(
        "--map a=b: write code=reason", (await CommandLine.RunAsync("reasons", "evaluate", "--phrases", Phrases, "--map", "a=b")).Error);

    private static Dictionary<string, double[]> Table(string[] lines) => lines.Skip(2).Select(line => line.Split('\t'))
        .ToDictionary(f => f[0], f => f.Skip(1).Select(r => double.Parse(r, CultureInfo.InvariantCulture)).ToArray(), StringComparer.Ordinal);

    [GeneratedRegex(@"accuracy (0\.\d+)")]
    private static partial Regex AccuracyPattern();
}
