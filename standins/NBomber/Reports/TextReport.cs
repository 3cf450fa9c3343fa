using System.Globalization;
using System.Text;
using NBomber.Contracts.Stats;
using NBomber.Engine;

namespace NBomber.Reports;

/// <summary>The report for people: the figures as a table, then what needs a look.</summary>
internal static class TextReport
{
    public static string Render(NodeStats node, IReadOnlyList<ScenarioOutcome> outcomes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{node.TestInfo.TestSuite} / {node.TestInfo.TestName}, {node.TestInfo.Created:u}, ");
        text.Append(CultureInfo.InvariantCulture, $"{node.Duration:g}; latencies in milliseconds, from the intended start\n\n");
        AppendTable(text, [ReportRow.Headings, .. ReportRow.Of(node).Where(IsWorthALine).Select(row => row.Cells())]);
        text.Append('\n');
        foreach (var line in Notes(node, outcomes))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Status codes, the far tail, whether the generator kept up, and thresholds; one line each.</summary>
    public static IEnumerable<string> Notes(NodeStats node, IReadOnlyList<ScenarioOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            var name = outcome.Stats.ScenarioName;
            foreach (var code in outcome.Stats.Ok.StatusCodes.Concat(outcome.Stats.Fail.StatusCodes))
            {
                var result = code.IsError ? "fail" : "ok";
                var message = code.Message.Length > 0 ? $" ({code.Message})" : "";
                yield return $"{name}: status {code.StatusCode}: {result} {code.Count}, {code.Percent} %{message}";
            }

            yield return $"{name}: ok p99.9 {ReportRow.Ms(outcome.Latency.PercentileMs(99.9))} ms; "
                + $"the generator started iterations at most {ReportRow.Ms(outcome.WorstStartDelay.TotalMilliseconds)} ms late";
            if (outcome.StopReason is not null)
            {
                yield return $"{name}: STOPPED EARLY: {outcome.StopReason}";
            }
        }

        foreach (var threshold in node.Thresholds)
        {
            var fault = threshold.ExceptionMsg.Length > 0 ? $" ({threshold.ExceptionMsg})" : "";
            yield return $"{threshold.ScenarioName}: threshold {(threshold.IsFailed ? "FAILED" : "met")}: {threshold.CheckExpression}{fault}";
        }
    }

    public static bool IsWorthALine(ReportRow row) => row.Result == "ok" || row.Figures.Request.Count > 0;

    /// <summary>The first three columns are words, the others figures.</summary>
    private static void AppendTable(StringBuilder text, List<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
    }
}
