using System.Text.RegularExpressions;
using WinBack.Tests.Tidy;
using WinBack.Tests.Trees;

namespace WinBack.Tests.Playbooks;

/// <summary>docs/RULES.md names every rule once, and tests that really carry its id.</summary>
public sealed partial class RuleTableTests
{
    /// <summary>How many rules each section has; those of measurement (M) belong to a later issue.</summary>
    private static readonly (string Section, int Rules)[] Sections = [("L", 7), ("A", 16), ("S", 8), ("C", 7), ("V", 3), ("E", 4)];

    private static readonly string[] Ids = [.. Sections.SelectMany(s => Enumerable.Range(1, s.Rules).Select(n => $"{s.Section}{n}"))];

    private static readonly (string Rule, string Configured, string Tests)[] Rows = [.. RowPattern()
        .Matches(File.ReadAllText(RepositoryFiles.Path("docs", "RULES.md")))
        .Select(row => (row.Groups["rule"].Value, row.Groups["where"].Value.Trim(), row.Groups["tests"].Value.Trim()))];

    /// <summary>Ids of the traits of each test class.</summary>
    private static readonly ILookup<string, string> Carried = SourceFile.CSharp("tests")
        .SelectMany(file => TraitPattern().Matches(file.Text).Select(t => (Class: file.Name[..^".cs".Length], Rule: t.Groups["rule"].Value)))
        .Distinct().ToLookup(t => t.Class, t => t.Rule);

    [Fact]
    public void Table_NamesEveryRuleOnce() => Assert.Equal(Ids, Rows.Select(r => r.Rule));

    [Fact]
    public void Table_SaysWhereEachRuleIsConfigured() => Assert.All(Rows, row => Assert.NotEmpty(row.Configured));

    [Fact]
    public void Tests_OfTheTable_CarryTheRule()
    {
        var wrong = new List<string>();
        foreach ((string rule, _, string tests) in Rows)
            foreach (string test in tests.Split(", "))
                if (!Carried[test].Contains(rule)) wrong.Add($"{test} has no [Trait(\"Rule\", \"{rule}\")]");
        Findings.AssertNone(wrong);
    }

    /// <summary>Nor does a test cite a rule that there is not.</summary>
    [Fact]
    public void Traits_NameRulesThatThereAre() => Findings.AssertNone(
        Carried.SelectMany(test => test.Select(rule => (test.Key, rule))).Where(t => !Ids.Contains(t.rule)).Select(t => $"{t.Key}: {t.rule}"));

    /// <summary>The rules as they were given, where they lie beside the checkout.</summary>
    [SharedDataFact("../spec/rules.md")]
    public void Ids_AreThoseOfTheRules() => Assert.Equal(
        Ids.Order(),
        GivenPattern().Matches(File.ReadAllText(SharedData.File("..", "spec", "rules.md"))).Select(m => m.Groups["rule"].Value).Order());

    [GeneratedRegex(@"^\| (?<rule>[A-Z][0-9]+) \| [^|]+ \|(?<where>[^|]+)\|(?<tests>[^|]+)\|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"\[Trait\(""Rule"", ""(?<rule>\w+)""\)\]")]
    private static partial Regex TraitPattern();

    [GeneratedRegex(@"^\| (?<rule>[LASCVE][0-9]+) \|", RegexOptions.Multiline)]
    private static partial Regex GivenPattern();
}
