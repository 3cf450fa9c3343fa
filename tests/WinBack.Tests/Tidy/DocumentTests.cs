using System.Text.RegularExpressions;

namespace WinBack.Tests.Tidy;

public sealed partial class DocumentTests
{
    [Fact]
    public void Readme_HasAtMost100Lines() =>
        Assert.All(SourceFile.All.Where(f => f.Path == "README.md"), f => Assert.InRange(f.LineCount, 1, 100));

    [Fact]
    public void Links_InDocuments_LeadToFilesAndHeadings()
    {
        var wrong = new List<string>();
        foreach (SourceFile document in Documents())
            foreach (Match link in LinkPattern().Matches(document.Text))
                if (Broken(document, link.Groups["target"].Value)) wrong.Add($"{document.Path}: {link.Groups["target"].Value}");
        Findings.AssertNone(wrong);
    }

    /// <summary>Paths written as code, such as `docs/FEATURES.md`, are links to the reader too.</summary>
    [Fact]
    public void Paths_InDocuments_Exist()
    {
        var wrong = new List<string>();
        foreach (SourceFile document in Documents())
            foreach (Match path in PathPattern().Matches(document.Text))
                if (!Exists(path.Groups["path"].Value)) wrong.Add($"{document.Path}: {path.Groups["path"].Value}");
        Findings.AssertNone(wrong);
    }

    private static IEnumerable<SourceFile> Documents() =>
        SourceFile.All.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal));

    private static bool Broken(SourceFile from, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) return false;
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? from.Path : Combined(from.Path, parts[0]);
        if (!Exists(path)) return true;
        return parts.Length == 2 && !HeadingsOf(path).Contains(parts[1]);
    }

    private static bool Exists(string path) =>
        File.Exists(RepositoryFiles.Path(path.TrimEnd('/'))) || Directory.Exists(RepositoryFiles.Path(path.TrimEnd('/')));

    private static string Combined(string from, string target)
    {
        string full = Path.GetFullPath(Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(from)!, target));
        return Path.GetRelativePath(RepositoryFiles.Root, full).Replace('\\', '/');
    }

    /// <summary>As they are addressed in links: lower case, spaces as dashes, punctuation gone.</summary>
    private static IEnumerable<string> HeadingsOf(string path) =>
        SourceFile.All.Single(f => f.Path == path).Lines.Where(l => l.StartsWith('#'))
            .Select(l => PunctuationPattern().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"`(?<path>(src|docs|protos|tests|standins|scripts|samples|models|playbooks|load)/[\w./-]+\w/?)`")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex PunctuationPattern();
}
