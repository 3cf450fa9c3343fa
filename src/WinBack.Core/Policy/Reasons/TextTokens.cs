namespace WinBack.Core.Policy.Reasons;

/// <summary>
/// Words and pairs of neighbouring words of a text: lower case, letters and digits only, apostrophes dropped ("don't" is
/// "dont"), an s at the end of a longer word dropped ("prices" is "price"). Words past the 96th are not read.
/// </summary>
public ref struct TextTokens
{
    /// <summary>Of the buffers that a caller brings.</summary>
    public const int MaxChars = 512;
    public const int MaxWords = 96;
    private readonly Span<char> _chars;
    private readonly Span<int> _ends;

    /// <param name="chars">At least <see cref="MaxChars"/> long; the words are written there, a space between two.</param>
    /// <param name="ends">At least <see cref="MaxWords"/> long.</param>
    public TextTokens(ReadOnlySpan<char> text, Span<char> chars, Span<int> ends)
    {
        _chars = chars[..MaxChars];
        _ends = ends[..MaxWords];
        int length = 0, start = 0;
        foreach (char c in text)
        {
            if (c is '\'' or '\u2019') continue;
            bool isPart = char.IsLetterOrDigit(c);
            if (isPart && length < MaxChars - 1) _chars[length++] = char.ToLowerInvariant(c);
            if (isPart || length == start) continue;
            start = EndWord(ref length, start);
            if (WordCount == MaxWords) return;
        }

        if (length > start) EndWord(ref length, start);
    }

    public int WordCount { get; private set; }

    public readonly ReadOnlySpan<char> Word(int index) => _chars[Start(index).._ends[index]];

    /// <param name="index">Of the first of the two words.</param>
    public readonly ReadOnlySpan<char> Pair(int index) => _chars[Start(index).._ends[index + 1]];

    private int EndWord(ref int length, int start)
    {
        if (IsPlural(_chars[start..length])) length--;
        _ends[WordCount++] = length;
        if (length < MaxChars - 1) _chars[length++] = ' ';
        return length;
    }

    private readonly int Start(int index) => index == 0 ? 0 : _ends[index - 1] + 1;

    private static bool IsPlural(ReadOnlySpan<char> word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i');
}
