using WinBack.Adapters.Playbooks;
using WinBack.Core.Features;

namespace WinBack.Cli.Policy;

/// <summary>A playbook file that a command was given.</summary>
internal static class PlaybookInput
{
    /// <summary>With its errors, when it is refused.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    internal static PlaybookFileResult Check(string path) => PlaybookFile.Parse(path, ReadText(path), FeatureSchema.Default.Names);

    /// <exception cref="BadInputException">It cannot be read, or is refused; the message has every error.</exception>
    internal static PlaybookFileResult Load(string path) => LoadText(path).Playbook;

    /// <summary>With the text as it stands in the file.</summary>
    /// <exception cref="BadInputException">It cannot be read, or is refused; the message has every error.</exception>
    internal static (PlaybookFileResult Playbook, string Text) LoadText(string path)
    {
        string text = ReadText(path);
        PlaybookFileResult result = PlaybookFile.Parse(path, text, FeatureSchema.Default.Names);
        return result.Model is not null ? (result, text) : throw new BadInputException(
            $"{path} is refused:" + string.Concat(result.Errors.Select(e => $"{Environment.NewLine}  {e}")));
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
