namespace WinBack.Tests.Tidy;

public sealed class NamingTests
{
    /// <summary>Words that say nothing about what a type does.</summary>
    private static readonly string[] EmptyWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Data", "Info", "Common", "Misc", "Impl"];

    /// <summary>"Shared data" is the name of a folder beside the checkout.</summary>
    private static readonly string[] Allowed = ["SharedData"];

    [Fact]
    public void Types_HaveNamesThatSaySomething()
    {
        var wrong = new List<string>();
        foreach (SourceFile file in SourceFile.CSharp("src", "load", "tests"))
            foreach (CodeType type in file.Outline.Types.Where(t => !Allowed.Contains(t.Name)))
                if (EmptyWords.Any(w => type.Name.EndsWith(w, StringComparison.Ordinal))) wrong.Add($"{type.Name} in {file.Path}");
        Findings.AssertNone(wrong);
    }

    [Fact]
    public void Files_HoldOneOutermostTypeOfTheirName()
    {
        var wrong = new List<string>();
        foreach (SourceFile file in SourceFile.CSharp("src", "load", "tests").Where(f => f.Name != "Program.cs"))
        {
            // Foo.Bar.cs may hold a part of Foo.
            string name = file.Name.Split('.')[0];
            string[] types = [.. file.Outline.Types.Where(t => t.IsOutermost && !t.IsFileLocal).Select(t => t.Name).Distinct()];
            if (types.Length > 1 || (types.Length == 1 && types[0] != name)) wrong.Add(
                $"{file.Path}: {string.Join(", ", types)}");
        }

        Findings.AssertNone(wrong);
    }

    [Fact]
    public void FilesWithTests_AreNamedTests() =>
        Findings.AssertNone(SourceFile.CSharp("tests")
            .Where(f => f.Lines.Any(l => l.Trim() is "[Fact]" or "[Theory]") && !f.Name.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Select(f => f.Path));
}
