using System.Text;
using WinBack.Core.Features;

namespace WinBack.Tests.Features;

public sealed class FeatureDocumentTests
{
    /// <summary>After a change of the catalogue: WINBACK_UPDATE_DOCS=1 writes the table anew.</summary>
    [Fact]
    public void FeaturesDocument_EqualsCatalogue()
    {
        string path = RepositoryFiles.Path("docs", "FEATURES.md");
        string text = File.ReadAllText(path);
        const string begin = "<!-- table: begin -->\n", end = "<!-- table: end -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = text.IndexOf(end, StringComparison.Ordinal);
        string expected = Table();
        if (Environment.GetEnvironmentVariable("WINBACK_UPDATE_DOCS") == "1")
            File.WriteAllText(path, text[..from] + expected + text[to..]);
        else
            Assert.Equal(expected, text[from..to]);
    }

    [Fact]
    public void Names_AreUniqueAndUnitsKnown()
    {
        Assert.Equal(FeatureSchema.Default.Count, FeatureSchema.Default.Names.Distinct().Count());
        string[] units = ["days", "count", "currency", "ratio", "points", "hours", "1"];
        Assert.All(FeatureSchema.Default.Features, f => Assert.Contains(f.Unit, units));
    }

    private static string Table()
    {
        FeatureSchema schema = FeatureSchema.Default;
        var table = new StringBuilder(
            $"Schema hash `{schema.Hash}`, {schema.Count} features.\n\n| # | name | unit | meaning |\n|---|---|---|---|\n");
        for (int i = 0; i < schema.Count; i++)
        {
            FeatureDefinition f = schema.Features[i];
            table.Append($"| {i} | `{f.Name}` | {f.Unit} | {f.Description} |\n");
        }

        return table.ToString();
    }
}
