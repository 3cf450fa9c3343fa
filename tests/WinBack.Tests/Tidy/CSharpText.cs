namespace WinBack.Tests.Tidy;

/// <summary>Takes comments, strings and preprocessor lines out of C# text.</summary>
internal static class CSharpText
{
    /// <summary>Every character of them becomes a space; line breaks stay where they are.</summary>
    internal static string WithoutCommentsAndStrings(string text)
    {
        char[] code = text.ToCharArray();
        for (int i = 0; i < code.Length;)
        {
            int end = EndOfBlank(text, i);
            if (end == i) i++;
            for (; i < end; i++)
                if (code[i] != '\n') code[i] = ' ';
        }

        return new string(code);
    }

    /// <returns>The end of what begins at <paramref name="at"/> and is no code; <paramref name="at"/> when it is code.</returns>
    private static int EndOfBlank(string text, int at) => text[at] switch
    {
        '/' when Next(text, at) == '/' => EndOfLine(text, at),
        '/' when Next(text, at) == '*' => After(text, text.IndexOf("*/", at + 2, StringComparison.Ordinal), 2),
        '#' when IsFirstOfLine(text, at) => EndOfLine(text, at),
        '\'' => EndOfCharacter(text, at),
        '"' => EndOfString(text, at),
        _ => at,
    };

    private static int EndOfString(string text, int at)
    {
        int quotes = 0;
        while (at + quotes < text.Length && text[at + quotes] == '"') quotes++;
        if (quotes >= 3) return After(text, text.IndexOf(new string('"', quotes), at + quotes, StringComparison.Ordinal), quotes);
        if (quotes == 2) return at + 2;
        bool isVerbatim = false, isInterpolated = false;
        for (int i = at - 1; i >= 0 && text[i] is '$' or '@'; i--)
        {
            isVerbatim |= text[i] == '@';
            isInterpolated |= text[i] == '$';
        }

        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && !isVerbatim) i++;
            else if (text[i] == '"' && isVerbatim && Next(text, i) == '"') i++;
            else if (text[i] == '"') return i + 1;
            else if (text[i] == '{' && isInterpolated) i = EndOfHole(text, i) - 1;
        }

        return text.Length;
    }

    /// <summary>The end of an interpolation hole, in which strings may stand; a doubled brace is none.</summary>
    private static int EndOfHole(string text, int at)
    {
        if (Next(text, at) == '{') return at + 2;
        int depth = 0;
        for (int i = at; i < text.Length; i++)
        {
            if (text[i] == '{') depth++;
            else if (text[i] == '}' && --depth == 0) return i + 1;
            else if (text[i] == '"') i = EndOfString(text, i) - 1;
            else if (text[i] == '\'') i = EndOfCharacter(text, i) - 1;
        }

        return text.Length;
    }

    private static int EndOfCharacter(string text, int at)
    {
        int end = text.IndexOf('\'', at + (Next(text, at) == '\\' ? 3 : 2));
        // An apostrophe elsewhere (there is none in code) must not swallow the file.
        return end < 0 || end - at > 8 ? at + 1 : end + 1;
    }

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;

    private static int After(string text, int found, int length) => found < 0 ? text.Length : found + length;

    private static char Next(string text, int at) => at + 1 < text.Length ? text[at + 1] : '\0';

    private static bool IsFirstOfLine(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t') at--;
        return at == 0 || text[at - 1] == '\n';
    }
}
