using System.Globalization;
using System.Xml.Linq;
using WinBack.Cli.Training.Report;

namespace WinBack.Cli.Simulate;

/// <summary>One HTML page without scripts or anything from outside: what one playbook did, or two side by side.</summary>
internal static class SimulationReport
{
    private const string Model = "Simulated responses: a touch multiplies the odds of a return by the playbook's response_odds_ratio, "
        + "to the power of a propensity between 0 and 2 that is drawn for each customer. They show how a playbook works, not what it will bring.";

    /// <summary>Length of the bar of the largest count in letters, so that bars of two columns can be compared.</summary>
    private const double FullBar = 4;

    internal static string Write(SimulationResult result) => ReportPage.Document(
        "Simulation",
        new XElement(
            "header",
            new XElement("h1", "Simulation ", new XElement("small", string.Join(" against ", result.Runs.Select(r => r.Playbook)))),
            new XElement("p", FormattableString.Invariant(
                $"{result.Setting.Days} days from {result.Setting.Start.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")),
            new XElement("p", new XAttribute("class", "soft"), Model)),
        ReportPage.Section("In short", ReportPage.Table(["", .. result.Heads], result.Totals().Select(t => (object[])[t.Name, .. t.Values]))),
        ReportPage.Section("Touches by day", Days(result)),
        result.Groups().Select(group => Section(group, result)),
        Changes(result));

    private static XElement? Changes(SimulationResult result) => !result.Compares ? null : ReportPage.Section(
        "What differs between the playbooks",
        new XElement(
            "details",
            new XElement("summary", FormattableString.Invariant($"{result.Changes.Count} lines, as winback policy diff has them")),
            new XElement("pre", string.Join('\n', result.Changes))));

    private static XElement Days(SimulationResult result)
    {
        string[] kinds = ["ours", "champion"];
        int days = result.Setting.Days;
        var plot = new SvgPlot(
            "Touches by day", "day", "touches", (0, days), (0, Math.Max(1, result.Runs.Max(r => r.TouchesByDay.Max()) * 1.1)));
        for (int run = 0; run < result.Runs.Count; run++)
        {
            double width = 1.0 / result.Runs.Count, shift = run * width;
            plot.Bars(
                result.Runs[run].TouchesByDay.Select((count, day) => (day + shift, day + shift + width, (double)count)), kinds[run],
                result.Heads[run]);
        }

        return plot.Build(
            $"Day 0 is {result.DayName(0)}. Customers are asked about when an answer said that it may change, when something happens to them, "
            + FormattableString.Invariant($"and every {result.Setting.Longest.TotalHours:0.#} hours at least."));
    }

    private static XElement Section(SimulationGroup group, SimulationResult result)
    {
        (string Name, double[] Values)[] rows = group.Rows();
        if (rows.Length == 0) return ReportPage.Section(group.Title, new XElement("p", "None."));
        double widest = Math.Max(1, rows.Max(row => row.Values.Max()));
        return ReportPage.Section(
            group.Title,
            group.Note.Length > 0 ? new XElement("p", new XAttribute("class", "soft"), group.Note) : null,
            ReportPage.Table(
                [group.Head, .. result.Heads, .. result.Compares ? (string[])["difference"] : []],
                rows.Select(row => (object[])
                [
                    ReportWords.Breakable(row.Name), .. row.Values.Select(value => Cell(value, widest)),
                    .. result.Compares ? (object[])[Signed(row.Values)] : [],
                ])));
    }

    /// <summary>The count over a bar that is as long as the count is large.</summary>
    private static object[] Cell(double value, double widest) =>
    [
        SimulationResult.Count(value),
        new XElement(
            "span", new XAttribute("class", "b"),
            new XAttribute("style", "width:" + (FullBar * value / widest).ToString("0.##", CultureInfo.InvariantCulture) + "em"), ""),
    ];

    private static string Signed(double[] values) => (values[1] - values[0]).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture);
}
