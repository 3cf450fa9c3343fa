using System.Globalization;
using System.Net;
using System.Text;
using NBomber.Contracts.Stats;
using NBomber.Engine;

namespace NBomber.Reports;

/// <summary>One self-contained page: the table, the curve of latency over percentiles of each scenario, and the notes.</summary>
internal static class HtmlReport
{
    private const int Width = 640;
    private const int Height = 220;
    private const int Margin = 60;

    /// <summary>Evenly apart on the page, so that the far tail has as much room as the rest.</summary>
    private static readonly double[] Percentiles = [0, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100];

    private const string Head = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Load test</title><style>
        body{font:15px/1.4 system-ui,sans-serif;margin:2em auto;max-width:76em;padding:0 1em;color:#222}
        .wide{overflow-x:auto} table{border-collapse:collapse} td,th{padding:.3em .7em;border-bottom:1px solid #ddd;text-align:right}
        td:nth-child(-n+3),th:nth-child(-n+3){text-align:left} svg{max-width:100%;height:auto} text{font-size:11px;fill:#555}
        </style></head><body>
        """;

    public static string Render(NodeStats node, IReadOnlyList<ScenarioOutcome> outcomes)
    {
        var page = new StringBuilder(Head);
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(node.TestInfo.TestSuite)} / {Text(node.TestInfo.TestName)}</h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{node.TestInfo.Created:u}, {node.Duration:g}. Latencies in milliseconds, ");
        page.Append("from the intended start.</p><div class=\"wide\"><table>");
        AppendRow(page, ReportRow.Headings, "th");
        foreach (var row in ReportRow.Of(node).Where(TextReport.IsWorthALine))
        {
            AppendRow(page, row.Cells(), "td");
        }

        page.Append("</table></div>");
        foreach (var outcome in outcomes.Where(outcome => outcome.Latency.Count > 0))
        {
            AppendCurve(page, outcome);
        }

        page.Append("<ul>");
        foreach (var note in TextReport.Notes(node, outcomes))
        {
            page.Append("<li>").Append(Text(note)).Append("</li>");
        }

        return page.Append("</ul></body></html>\n").ToString();
    }

    private static void AppendRow(StringBuilder page, string[] cells, string element)
    {
        page.Append("<tr>");
        foreach (var cell in cells)
        {
            page.Append(CultureInfo.InvariantCulture, $"<{element}>{Text(cell)}</{element}>");
        }

        page.Append("</tr>");
    }

    /// <summary>Latency on a logarithmic axis from half the least to the greatest.</summary>
    private static void AppendCurve(StringBuilder page, ScenarioOutcome outcome)
    {
        var latencies = Percentiles.Select(percent => Math.Max(0.0001, outcome.Latency.PercentileMs(percent))).ToArray();
        var low = Math.Log(latencies[0] / 2);
        var high = Math.Log(latencies[^1]);
        var span = high > low ? high - low : 1;
        var points = latencies.Select((latency, i) => (
            X: Margin + ((Width - (2d * Margin)) * i / (Percentiles.Length - 1)),
            Y: Height - Margin - ((Height - (2d * Margin)) * (Math.Log(latency) - low) / span))).ToArray();
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(outcome.Stats.ScenarioName)}: latency of what went well</h2>");
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" role=\"img\" ");
        page.Append("aria-label=\"latency by percentile\"><polyline fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" points=\"");
        page.AppendJoin(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        page.Append("\"/>");
        for (var i = 0; i < points.Length; i++)
        {
            var latency = latencies[i].ToString("G3", CultureInfo.InvariantCulture);
            var percentile = Percentiles[i].ToString(CultureInfo.InvariantCulture);
            AppendLabel(page, points[i].X, points[i].Y - 8, latency);
            AppendLabel(page, points[i].X, Height - Margin + 24, $"p{percentile}");
        }

        page.Append("</svg>");
    }

    private static void AppendLabel(StringBuilder page, double x, double y, string text) => page.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"middle\">{Text(text)}</text>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
