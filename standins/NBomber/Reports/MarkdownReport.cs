using System.Globalization;
using System.Text;
using NBomber.Contracts.Stats;
using NBomber.Engine;

namespace NBomber.Reports;

/// <summary>The report for a pull request or a wiki.</summary>
internal static class MarkdownReport
{
    public static string Render(NodeStats node, IReadOnlyList<ScenarioOutcome> outcomes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {node.TestInfo.TestSuite} / {node.TestInfo.TestName}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{node.TestInfo.Created:u}, {node.Duration:g}. ");
        text.Append("Latencies in milliseconds, from the intended start.\n\n");
        AppendRow(text, ReportRow.Headings);
        AppendRow(text, ReportRow.Headings.Select((_, i) => i < 3 ? "---" : "---:"));
        foreach (var row in ReportRow.Of(node).Where(TextReport.IsWorthALine))
        {
            AppendRow(text, row.Cells());
        }

        text.Append('\n');
        foreach (var note in TextReport.Notes(node, outcomes))
        {
            text.Append("- ").Append(note).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").Append(string.Join(" | ", cells.Select(Escaped))).Append(" |\n");

    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
