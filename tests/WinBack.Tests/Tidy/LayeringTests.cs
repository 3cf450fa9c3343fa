using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WinBack.Tests.Tidy;

/// <summary>Data flows one way (docs/ARCHITECTURE.md): no namespace and no project may use one that comes after it.</summary>
public sealed partial class LayeringTests
{
    private static readonly string[] CoreOrder =
        ["Events", "State", "Features", "Models", "Experiments", "Policy", "Caps", "Decisions", "Outcomes", "Metrics"];

    /// <summary>What each project may use beside the packages it names.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["WinBack.Protos"] = [],
        ["WinBack.Trees"] = [],
        ["WinBack.Core"] = ["WinBack.Trees"],
        ["WinBack.Adapters"] = ["WinBack.Core", "WinBack.Protos"],
        ["WinBack.Cli"] = ["WinBack.Adapters", "WinBack.Core", "WinBack.Trees", "WinBack.Protos"],
        ["WinBack.Service"] = ["WinBack.Adapters", "WinBack.Core", "WinBack.Trees", "WinBack.Protos", "WinBack.Cli"],
    };

    [Fact]
    public void Core_UsesOnlyEarlierNamespaces()
    {
        var wrong = new List<string>();
        foreach (SourceFile file in SourceFile.CSharp("src/WinBack.Core"))
        {
            int own = Array.IndexOf(CoreOrder, file.Path.Split('/')[2]);
            Assert.True(own >= 0, $"{file.Path} lies in no folder of {string.Join(", ", CoreOrder)}");
            foreach (string later in CoreOrder.Skip(own + 1))
                if (Uses(file, "WinBack.Core." + later) || Regex.IsMatch(file.Outline.Code, $@"(?<![\w.]){later}\.[A-Z]"))
                    wrong.Add($"{file.Path} uses {later}");
        }

        Findings.AssertNone(wrong);
    }

    [Fact]
    public void Core_MetricsAreUsedByNobodyInCore() =>
        Assert.DoesNotContain(
            SourceFile.CSharp("src/WinBack.Core").Where(f => !f.Path.Contains("/Metrics/", StringComparison.Ordinal)),
            f => Uses(f, "WinBack.Core.Metrics"));

    [Theory]
    [InlineData("WinBack.Trees")]
    [InlineData("WinBack.Adapters")]
    [InlineData("WinBack.Service")]
    [InlineData("WinBack.Cli")]
    public void Folders_OfAProject_UseEachOtherOneWay(string project)
    {
        var uses = new Dictionary<string, SortedSet<string>>();
        foreach (SourceFile file in SourceFile.CSharp("src/" + project))
        {
            string[] parts = file.Path.Split('/');
            string folder = parts.Length > 3 ? parts[2] : "";
            uses.TryAdd(folder, []);
            foreach (Match used in UsingPattern().Matches(file.Text))
                if (used.Groups["name"].Value.StartsWith(project + ".", StringComparison.Ordinal)
                    && used.Groups["name"].Value[(project.Length + 1)..].Split('.')[0] is var other && other != folder) uses[folder].Add(
                        other);
        }

        // Folders that use nothing that is left are taken away; what cannot be taken away runs in a circle.
        while (uses.FirstOrDefault(f => !f.Value.Any(uses.ContainsKey)).Key is { } free) uses.Remove(free);
        Assert.True(
            uses.Count == 0, "a circle among " + string.Join("; ", uses.Select(f => $"{f.Key} -> {string.Join(", ", f.Value)}")));
    }

    [Fact]
    public void Projects_UseOnlyThoseOfTheTable()
    {
        foreach ((string project, string[] allowed) in Allowed)
        {
            SourceFile file = SourceFile.All.Single(f => f.Name == project + ".csproj");
            IEnumerable<string> used = XDocument.Parse(file.Text).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));
            Findings.AssertNone(used.Except(allowed));
        }
    }

    /// <summary>A namespace says where a file lies.</summary>
    [Fact]
    public void Namespaces_AreTheirFolders()
    {
        var wrong = new List<string>();
        foreach (SourceFile file in SourceFile.CSharp("src"))
        {
            string folder = Path.GetDirectoryName(file.Path)!["src/".Length..].Replace('/', '.');
            if (NamespacePattern().Match(file.Text) is { Success: true } found && found.Groups["name"].Value != folder)
                wrong.Add($"{file.Path} is in {found.Groups["name"].Value}");
        }

        Findings.AssertNone(wrong);
    }

    private static bool Uses(SourceFile file, string name) =>
        UsingPattern().Matches(file.Text).Any(
            m => (m.Groups["name"].Value + ".").StartsWith(name + ".", StringComparison.Ordinal));

    [GeneratedRegex(@"^(global )?using (static )?(\w+ = )?(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();
}
