using CsvHelper;
using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Cli.Reasons;

/// <summary>Reads texts and reasons from a CSV file. Rows without a text are left out.</summary>
internal static class PhraseTable
{
    /// <param name="names">What the file calls reasons, where it is not what we call them.</param>
    /// <exception cref="BadInputException">A column is missing, or a line cannot be read; the message names it.</exception>
    internal static IReadOnlyList<Phrase> Read(
        string path, string textColumn, string reasonColumn, IReadOnlyDictionary<string, LapseReason> names)
    {
        using InputFile file = InputFile.Open(path, "--phrases");
        using CsvReader csv = CsvReader.Create(file.Stream, CsvFile.Strict, leaveOpen: true);
        string[] header = [.. csv.Headers];
        int text = Array.IndexOf(header, textColumn), reason = Array.IndexOf(header, reasonColumn);
        if (text < 0 || reason < 0)
            throw new BadInputException($"{path}: the header lacks {(text < 0 ? textColumn : reasonColumn)}; it has {string.Join(", ", header)}");
        var phrases = new List<Phrase>();
        try
        {
            while (csv.Read())
            {
                string code = csv.GetString(reason).Trim(), words = csv.GetString(text).Trim();
                if (words.Length == 0) continue;
                if (!names.TryGetValue(code, out LapseReason known) && !Names.TryParse(code, out known))
                    throw new BadInputException(
                        $"{path}: line {csv.LineNumber}: '{code}' is no reason; write one of "
                        + $"{string.Join(", ", Names.All<LapseReason>())}, or --map {code}=price");
                phrases.Add(new Phrase(known, words));
            }
        }
        catch (Exception broken) when (broken is CsvFormatException or InvalidDataException)
        {
            throw new BadInputException($"{path}: after line {csv.LineNumber}: {broken.Message}", broken);
        }

        return phrases.Count > 0 ? phrases : throw new BadInputException($"{path}: no row has a text in {textColumn}");
    }

    /// <param name="pairs">"budget=price" each.</param>
    /// <exception cref="BadInputException">One is not of that form.</exception>
    internal static IReadOnlyDictionary<string, LapseReason> Mapping(IEnumerable<string> pairs)
    {
        var names = new Dictionary<string, LapseReason>(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            if (pair.Split('=') is not [{ Length: > 0 } code, var name] || !Names.TryParse(name, out LapseReason reason))
                throw new BadInputException($"--map {pair}: write code=reason, with a reason of {string.Join(", ", Names.All<LapseReason>())}");
            names[code] = reason;
        }

        return names;
    }
}
