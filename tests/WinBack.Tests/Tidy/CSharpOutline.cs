using System.Text.RegularExpressions;

namespace WinBack.Tests.Tidy;

/// <summary>
/// The types and members of a C# file with their lengths. It follows braces and semicolons in text from which comments
/// and strings have been taken out, which is enough for code of this repository's style and takes a millisecond a file.
/// </summary>
internal sealed partial class CSharpOutline
{
    private readonly string _code;
    private readonly Stack<BlockKind> _blocks = new();
    private readonly List<CodeType> _types = [];
    private readonly List<CodeMember> _members = [];
    private int _header;

    private CSharpOutline(string code) => _code = code;

    private enum BlockKind
    {
        Type,
        Member,
        Inner,
    }

    /// <summary>Comments and strings are spaces here; line breaks are kept.</summary>
    internal string Code => _code;

    internal IReadOnlyList<CodeType> Types => _types;

    internal IReadOnlyList<CodeMember> Members => _members;

    internal static CSharpOutline Of(string text)
    {
        var outline = new CSharpOutline(CSharpText.WithoutCommentsAndStrings(text));
        outline.Read();
        return outline;
    }

    private void Read()
    {
        for (int i = 0; i < _code.Length; i++)
        {
            switch (_code[i])
            {
                case '{': Open(i); break;
                case '}': Close(i); break;
                case ';': End(i); break;
            }
        }
    }

    private bool IsAtTypeLevel => _blocks.All(b => b == BlockKind.Type);

    private void Open(int at)
    {
        if (!IsAtTypeLevel)
        {
            _blocks.Push(BlockKind.Inner);
            return;
        }

        string header = Header(at);
        Match type = TypePattern().Match(BeforeParenthesis(header));
        if (type.Success && !IsExpressionBodied(header))
        {
            AddType(type, header);
            _blocks.Push(BlockKind.Type);
            _header = at + 1;
        }
        else
        {
            // An initialiser or the body of a switch expression belongs to the member that began before it.
            _blocks.Push(FirstEquals(header) >= 0 ? BlockKind.Inner : BlockKind.Member);
        }
    }

    private void Close(int at)
    {
        BlockKind closed = _blocks.Count > 0 ? _blocks.Pop() : BlockKind.Inner;
        if (closed == BlockKind.Member) AddMember(at);
        if (closed != BlockKind.Inner) _header = at + 1;
    }

    private void End(int at)
    {
        if (!IsAtTypeLevel) return;
        string header = Header(at);
        Match type = TypePattern().Match(BeforeParenthesis(header));
        if (type.Success && !IsExpressionBodied(header)) AddType(type, header);
        else if (_blocks.Count > 0 && IsExpressionBodied(header)) AddMember(at);
        _header = at + 1;
    }

    private void AddType(Match type, string header) =>
        _types.Add(new CodeType(
            type.Groups["name"].Value, _blocks.Count == 0, PublicPattern().IsMatch(header), FileLocalPattern().IsMatch(header)));

    private void AddMember(int end)
    {
        string header = Header(end);
        int start = _header + (_code[_header..end].Length - _code[_header..end].TrimStart().Length);
        string name = NamePattern().Match(BeforeParenthesis(header)).Value;
        _members.Add(new CodeMember(name, _code.AsSpan(start, end - start).Count('\n') + 1));
    }

    /// <summary>What stands between the last member and here, without attributes.</summary>
    private string Header(int at) => AttributePattern().Replace(_code[_header..at], "").Trim();

    private static string BeforeParenthesis(string header)
    {
        int end = header.AsSpan().IndexOfAny('(', '=', '{');
        return end < 0 ? header : header[..end];
    }

    private static bool IsExpressionBodied(string header) =>
        FirstEquals(header) is var at and >= 0 && header.AsSpan(at).StartsWith("=>", StringComparison.Ordinal);

    /// <summary>The first equals sign outside of parentheses, or -1; those of default values lie inside.</summary>
    private static int FirstEquals(string header)
    {
        if (header.Contains(" operator ", StringComparison.Ordinal)) return header.IndexOf("=>", StringComparison.Ordinal);
        for (int i = 0, depth = 0; i < header.Length; i++)
        {
            if (header[i] == '(') depth++;
            else if (header[i] == ')') depth--;
            else if (header[i] == '=' && depth == 0) return i;
        }

        return -1;
    }

    [GeneratedRegex(@"\b(class|struct|interface|enum|record)\s+((class|struct)\s+)?(?<name>\w+)")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"\bpublic\b")]
    private static partial Regex PublicPattern();

    [GeneratedRegex(@"\bfile\b")]
    private static partial Regex FileLocalPattern();

    [GeneratedRegex(@"\w+(?=\s*(<[^>]*>)?\s*$)")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"(?<=^|\n|\])\s*\[[^\[\]]*(\[[^\[\]]*\][^\[\]]*)*\](?=\s*(\n|\[|public|private|internal|protected|static))")]
    private static partial Regex AttributePattern();
}
