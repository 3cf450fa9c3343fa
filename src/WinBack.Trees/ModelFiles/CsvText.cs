using System.Globalization;
using System.Text;

namespace WinBack.Trees.ModelFiles;

/// <summary>The little CSV that golden rows need (RFC 4180: quoted fields, doubled quotes).</summary>
internal static class CsvText
{
    public static void AppendLine(StringBuilder text, IEnumerable<string> fields)
    {
        text.AppendJoin(',', fields.Select(Quote)).Append('\n');
    }

    /// <summary>The lines of a text. A quoted field may hold commas and line breaks.</summary>
    public static IEnumerable<string[]> Parse(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (isQuoted)
            {
                bool isEscape = c == '"' && i + 1 < text.Length && text[i + 1] == '"';
                isQuoted = c != '"' || isEscape;
                i += isEscape ? 1 : 0;
                if (isQuoted)
                {
                    field.Append(c);
                }
            }
            else if (c == '"')
            {
                isQuoted = true;
            }
            else if (c == ',' || c == '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return fields.ToArray();
                    fields.Clear();
                }
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || fields.Count > 0)
        {
            fields.Add(field.ToString());
            yield return fields.ToArray();
        }
    }

    /// <summary>Shortest text that reads back to the same value.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : '"' + field.Replace("\"", "\"\"") + '"';
}
