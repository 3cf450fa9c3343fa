namespace WinBack.Core.Models;

/// <summary>What a model may be called: it becomes part of keys, messages and metrics.</summary>
public static class ModelName
{
    public const int MaxLength = 63;

    /// <summary>In words, for messages.</summary>
    public const string Rule = "a-z, 0-9, _ and -, a letter first, at most 63";

    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > MaxLength || !char.IsAsciiLetterLower(name[0])) return false;
        foreach (char c in name)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('_' or '-')) return false;
        return true;
    }
}
