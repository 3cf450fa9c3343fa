using System.Text;
using NBomber.Contracts.Stats;

namespace NBomber.Reports;

/// <summary>The report for spreadsheets (RFC 4180).</summary>
internal static class CsvReport
{
    public static string Render(NodeStats node)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', ReportRow.Headings)).Append('\n');
        foreach (var row in ReportRow.Of(node))
        {
            text.Append(string.Join(',', row.Cells().Select(Quoted))).Append('\n');
        }

        return text.ToString();
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
