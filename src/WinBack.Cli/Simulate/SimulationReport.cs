using System.Globalization;
using System.Xml.Linq;
using WinBack.Cli.Training.Report;

namespace WinBack.Cli.Simulate;

/// <summary>One HTML page without scripts or anything from outside: what one playbook did, or two side by side.</summary>
internal static class SimulationReport
{
    private const string Model = "Simulated responses: a touch multiplies the odds of a return by the playbook's response_odds_ratio, "
        + "to the power of a propensity between 0 and 2 that is drawn for each customer. They show how a playbook works, not what it will bring.";

    internal static string Write(IReadOnlyList<SimulationTally> runs, DateTimeOffset start)
    {
        int days = runs[0].TouchesByDay.Length;
        return ReportPage.Document(
            "Simulation",
            new XElement(
                "header",
                new XElement("h1", "Simulation ", new XElement("small", string.Join(" against ", runs.Select(r => r.Playbook)))),
                new XElement("p", FormattableString.Invariant($"{days} days from {start.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")),
                new XElement("p", new XAttribute("class", "soft"), Model)),
            ReportPage.Section("In short", Figures(runs)),
            ReportPage.Section("Touches by day", Days(runs)),
            Tables(runs));
    }

    /// <summary>Name, and the counts of each run.</summary>
    internal static IEnumerable<(string Title, string Head, IReadOnlyList<IReadOnlyDictionary<string, long>> Counts)> Groups(
        IReadOnlyList<SimulationTally> runs) =>
    [
        ("Channels", "channel", Of(runs, r => r.ByChannel)),
        ("Actions", "action", Of(runs, r => r.ByAction)),
        ("Steps", "touch of the customer", Of(runs, r => r.ByStep)),
        ("Reasons", "reason of the lapse", Of(runs, r => r.ByReason)),
        ("Caps that bound", "cap (candidates turned down)", Of(runs, r => r.ByCap)),
        ("Capacity used", "capacity and period (units)", [.. runs.Select(r => r.ByCapacity)]),
        ("Who gets nothing on the last day, and why", "rule that turned most actions down (customers)", Of(runs, r => r.NothingBy)),
    ];

    internal static IEnumerable<(string Name, string[] Values)> Totals(IReadOnlyList<SimulationTally> runs) =>
    [
        ("decisions", [.. runs.Select(r => Count(r.Decisions))]),
        ("touches", [.. runs.Select(r => Count(r.Touches))]),
        ("expected value of the touches", [.. runs.Select(r => $"{r.Currency} {Count((long)r.ExpectedValue)}")]),
        ("simulated returns won", [.. runs.Select(r => Count(r.Returns))]),
        ("simulated unsubscribes", [.. runs.Select(r => Count(r.Unsubscribes))]),
    ];

    internal static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static XElement Figures(IReadOnlyList<SimulationTally> runs) => ReportPage.Table(
        ["", .. runs.Select(r => r.Playbook)], Totals(runs).Select(t => (object[])[t.Name, .. t.Values]));

    private static XElement Days(IReadOnlyList<SimulationTally> runs)
    {
        string[] kinds = ["ours", "champion"];
        double most = Math.Max(1, runs.Max(r => r.TouchesByDay.Max()) * 1.1);
        int days = runs[0].TouchesByDay.Length;
        var plot = new SvgPlot("Touches by day", "day", "touches", (0, days), (0, most));
        for (int run = 0; run < runs.Count; run++)
        {
            int[] touches = runs[run].TouchesByDay;
            double width = 1.0 / runs.Count, shift = run * width;
            plot.Bars(touches.Select((count, day) => (day + shift, day + shift + width, (double)count)), kinds[run], runs[run].Playbook);
        }

        return plot.Build("Every customer is decided on once a day.");
    }

    private static IEnumerable<XElement> Tables(IReadOnlyList<SimulationTally> runs)
    {
        foreach ((string title, string head, IReadOnlyList<IReadOnlyDictionary<string, long>> counts) in Groups(runs))
            yield return ReportPage.Section(title, Rows(counts) is { Length: > 0 } rows
                ? ReportPage.Table(
                    [head, .. runs.Select(r => r.Playbook), .. runs.Count > 1 ? (string[])["difference"] : []],
                    rows.Select(row => (object[])[row.Key, .. row.Values.Select(Count), .. runs.Count > 1 ? (string[])[Signed(row.Values)] : []]))
                : new XElement("p", "None."));
    }

    internal static (string Key, long[] Values)[] Rows(IReadOnlyList<IReadOnlyDictionary<string, long>> counts) =>
        [.. counts.SelectMany(c => c.Keys).Distinct().Select(key => (key, counts.Select(c => c.GetValueOrDefault(key)).ToArray()))
            .OrderByDescending(row => row.Item2[0]).ThenBy(row => row.key, StringComparer.Ordinal)];

    private static string Signed(long[] values) => (values[1] - values[0]).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture);

    private static IReadOnlyList<IReadOnlyDictionary<string, long>> Of(
        IReadOnlyList<SimulationTally> runs, Func<SimulationTally, SortedDictionary<string, int>> counts) =>
        [.. runs.Select(r => counts(r).ToDictionary(c => c.Key, c => (long)c.Value, StringComparer.Ordinal))];
}
