using System.Globalization;
using NBomber.Contracts.Stats;

namespace NBomber.Reports;

/// <summary>One line of figures, the same in every report: a scenario or a step, what went well or what failed.</summary>
internal sealed record ReportRow(string Scenario, string Step, string Result, MeasurementStats Figures)
{
    public static readonly string[] Headings =
        ["scenario", "step", "result", "count", "rps", "min", "mean", "p50", "p75", "p95", "p99", "max", "stddev", "bytes"];

    public static IEnumerable<ReportRow> Of(NodeStats node)
    {
        foreach (var scenario in node.ScenarioStats)
        {
            yield return new ReportRow(scenario.ScenarioName, "", "ok", scenario.Ok);
            yield return new ReportRow(scenario.ScenarioName, "", "fail", scenario.Fail);
            foreach (var step in scenario.StepStats)
            {
                yield return new ReportRow(scenario.ScenarioName, step.StepName, "ok", step.Ok);
                yield return new ReportRow(scenario.ScenarioName, step.StepName, "fail", step.Fail);
            }
        }
    }

    /// <summary>In the order of <see cref="Headings"/>; latencies in milliseconds.</summary>
    public string[] Cells()
    {
        var latency = Figures.Latency;
        return
        [
            Scenario, Step, Result,
            Figures.Request.Count.ToString(CultureInfo.InvariantCulture),
            Figures.Request.RPS.ToString("0.0", CultureInfo.InvariantCulture),
            Ms(latency.MinMs), Ms(latency.MeanMs), Ms(latency.Percent50), Ms(latency.Percent75), Ms(latency.Percent95),
            Ms(latency.Percent99), Ms(latency.MaxMs), Ms(latency.StdDev),
            Figures.DataTransfer.AllBytes.ToString(CultureInfo.InvariantCulture),
        ];
    }

    public static string Ms(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
