using System.Text;

namespace WinBack.Tests.Tidy;

/// <summary>A file of the repository, and for C# its outline: types and members found by braces, without a compiler.</summary>
internal sealed class SourceFile
{
    private CSharpOutline? _outline;

    private SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Lines = text.Split('\n');
        LineCount = text.EndsWith('\n') ? Lines.Length - 1 : Lines.Length;
    }

    /// <summary>From the root of the repository, with slashes.</summary>
    internal string Path { get; }

    internal string Text { get; }

    internal string[] Lines { get; }

    internal int LineCount { get; }

    internal string Name => System.IO.Path.GetFileName(Path);

    internal CSharpOutline Outline => _outline ??= CSharpOutline.Of(Text);

    /// <summary>All text files but those that .gitignore names.</summary>
    internal static IReadOnlyList<SourceFile> All { get; } = ReadAll();

    /// <summary>The C# files under some folders of the root.</summary>
    internal static IEnumerable<SourceFile> CSharp(params string[] folders) => All.Where(
        f => f.Path.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(d => f.Path.StartsWith(d + "/", StringComparison.Ordinal)));

    private static List<SourceFile> ReadAll()
    {
        string[] ignored = File.ReadAllLines(RepositoryFiles.Path(".gitignore"));
        var folders = ignored.Where(l => l.EndsWith('/')).Select(l => l.Trim('/')).Append(".git").ToHashSet(
            StringComparer.Ordinal);
        var files = new List<SourceFile>();
        var pending = new Stack<string>([RepositoryFiles.Root]);
        while (pending.TryPop(out string? folder))
        {
            foreach (string child in Directory.GetDirectories(folder))
                if (!folders.Contains(System.IO.Path.GetFileName(child))) pending.Push(child);
            foreach (string path in Directory.GetFiles(folder))
                if (System.IO.Path.GetFileName(path) != ".git" && ReadText(path) is { } text)
                    files.Add(
                        new SourceFile(System.IO.Path.GetRelativePath(RepositoryFiles.Root, path).Replace('\\', '/'), text));
        }

        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>Null for a binary file: one with a zero byte near its start.</summary>
    private static string? ReadText(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > 4_000_000) return null;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan(0, Math.Min(bytes.Length, 8_000)).Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);
    }
}
