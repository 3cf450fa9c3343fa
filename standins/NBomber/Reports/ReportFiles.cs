using NBomber.Contracts.Stats;
using NBomber.Engine;

namespace NBomber.Reports;

/// <summary>Writes the reports of a run.</summary>
internal static class ReportFiles
{
    public static ReportFile[] Write(
        NodeStats node, IReadOnlyList<ScenarioOutcome> outcomes, string folder, string name, IReadOnlyList<ReportFormat> formats)
    {
        if (formats.Count == 0)
        {
            return [];
        }

        Directory.CreateDirectory(folder);
        return [.. formats.Distinct().Select(format => WriteOne(node, outcomes, Path.Combine(folder, name), format))];
    }

    private static ReportFile WriteOne(NodeStats node, IReadOnlyList<ScenarioOutcome> outcomes, string path, ReportFormat format)
    {
        var (extension, content) = format switch
        {
            ReportFormat.Txt => (".txt", TextReport.Render(node, outcomes)),
            ReportFormat.Html => (".html", HtmlReport.Render(node, outcomes)),
            ReportFormat.Csv => (".csv", CsvReport.Render(node)),
            ReportFormat.Md => (".md", MarkdownReport.Render(node, outcomes)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "unknown report format"),
        };
        File.WriteAllText(path + extension, content);
        return new ReportFile(path + extension, format, content);
    }
}
