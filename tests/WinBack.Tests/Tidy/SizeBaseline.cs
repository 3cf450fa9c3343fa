using System.Globalization;
using System.Text;

namespace WinBack.Tests.Tidy;

/// <summary>Sizes by name: shares of the whole (median, 90 in 100), and every file and member over its limit.</summary>
internal sealed class SizeBaseline
{
    private const string Comment = "# Lines of code by what they measure; see SizeTests. Only what is over a limit is listed by name.\n";
    private const int FileLimit = 200;
    private const int TestFileLimit = 400;
    private const int MemberLimit = 60;
    private const int LineLimit = 150;

    private readonly SortedDictionary<string, int> _sizes = new(StringComparer.Ordinal);

    internal static SizeBaseline Measure(IEnumerable<SourceFile> sources, IEnumerable<SourceFile> tests)
    {
        var sizes = new SizeBaseline();
        sizes.AddShares("sources", [.. sources]);
        sizes.AddExceptions([.. sources], FileLimit);
        sizes.AddExceptions([.. tests], TestFileLimit);
        return sizes;
    }

    internal static SizeBaseline Parse(IEnumerable<string> lines)
    {
        var sizes = new SizeBaseline();
        foreach (string line in lines.Where(l => l.Length > 0 && l[0] != '#'))
            sizes._sizes[line[(line.IndexOf(' ') + 1)..]] = int.Parse(line[..line.IndexOf(' ')], CultureInfo.InvariantCulture);
        return sizes;
    }

    /// <summary>What is larger here than there, or only here.</summary>
    internal IEnumerable<string> Exceeding(SizeBaseline allowed) =>
        from size in _sizes
        let limit = allowed._sizes.GetValueOrDefault(size.Key)
        where size.Value > limit
        select $"{size.Key}: {size.Value} lines, {(limit == 0 ? "over the limit" : $"{limit} allowed")}";

    /// <summary>What is allowed there and gone or clearly smaller here; some slack spares every small change the file.</summary>
    internal IEnumerable<string> LooseIn(SizeBaseline allowed) =>
        from size in allowed._sizes
        let found = _sizes.GetValueOrDefault(size.Key)
        where found == 0 || size.Value - found > Math.Max(10, size.Value * 0.15)
        select $"{size.Key}: {size.Value} allowed, {found} found";

    public override string ToString()
    {
        var text = new StringBuilder(Comment);
        foreach ((string name, int size) in _sizes) text.Append(CultureInfo.InvariantCulture, $"{size} {name}\n");
        return text.ToString();
    }

    private void AddShares(string name, SourceFile[] files)
    {
        int[] fileLines = [.. files.Select(f => f.LineCount).Order()];
        int[] memberLines = [.. files.SelectMany(f => f.Outline.Members).Select(m => m.Lines).Order()];
        _sizes[$"{name}: median file"] = RoundedUp(fileLines[fileLines.Length / 2]);
        _sizes[$"{name}: file at 90 in 100"] = RoundedUp(fileLines[fileLines.Length * 9 / 10]);
        _sizes[$"{name}: median member"] = RoundedUp(memberLines[memberLines.Length / 2]);
        _sizes[$"{name}: member at 90 in 100"] = RoundedUp(memberLines[memberLines.Length * 9 / 10]);
    }

    private void AddExceptions(SourceFile[] files, int fileLimit)
    {
        foreach (SourceFile file in files)
        {
            if (file.LineCount > fileLimit) _sizes[$"file {file.Path}"] = file.LineCount;
            foreach (CodeMember member in file.Outline.Members.Where(m => m.Lines > MemberLimit))
                _sizes[$"member {file.Path} {member.Name}"] = member.Lines;
            int wide = file.Lines.Count(l => l.Length > LineLimit);
            if (wide > 0) _sizes[$"lines over {LineLimit} characters {file.Path}"] = wide;
        }
    }

    /// <summary>Shares of the whole move a little with every change; up to the next multiple of five they may.</summary>
    private static int RoundedUp(int lines) => ((lines / 5) + 1) * 5;
}
