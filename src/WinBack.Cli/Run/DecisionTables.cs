using System.Globalization;
using Spectre.Console;
using WinBack.V1;

namespace WinBack.Cli.Run;

/// <summary>Decisions as tables that fit a terminal.</summary>
internal static class DecisionTables
{
    private const int Width = 150;

    internal static void PrintActions(TextWriter text, string title, IReadOnlyList<Decision> decisions)
    {
        Table table = Start("action", "channel", "offer", "why");
        foreach (Decision d in decisions)
            table.AddRow([.. Customer(d), .. Cells(d.Action, d.Channel.ToString(), d.Offer, WhyAction(d))]);
        Print(text, title, table);
    }

    internal static void PrintNothing(TextWriter text, string title, IReadOnlyList<Decision> decisions)
    {
        Table table = Start("action", "not before", "why");
        foreach (Decision d in decisions)
            table.AddRow([.. Customer(d), .. Cells("NO_ACTION", Day(d), d.Reasons.FirstOrDefault() ?? "")]);
        Print(text, title, table);
    }

    private static Table Start(params string[] answer)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns(["customer", "days silent", "churn", "win-back", .. answer]);
        foreach (int number in (int[])[1, 2, 3]) table.Columns[number].RightAligned();
        foreach (TableColumn column in table.Columns.SkipLast(1)) column.NoWrap();
        return table;
    }

    private static string[] Customer(Decision d) => Cells(
        d.CustomerId,
        d.Silence is { } silence ? Number(silence.ToTimeSpan().TotalDays, "F0") : "",
        Number(d.ChurnProbability, "F2"),
        Number(d.WinBackProbability, "F2"));

    /// <summary>How it is worth it, and what kind of customer it is; days of silence have a column of their own.</summary>
    private static string WhyAction(Decision d)
    {
        string prefix = d.Action + ": ";
        IEnumerable<string> reasons = d.Reasons.Select(r => r.StartsWith(prefix, StringComparison.Ordinal) ? r[prefix.Length..] : r);
        return string.Join("; ", reasons.Where(r => !r.StartsWith("silent for", StringComparison.Ordinal)));
    }

    private static string Day(Decision d) =>
        d.NextEligibleTime?.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static string[] Cells(params string[] texts) =>
        Array.ConvertAll(texts, text => text.Length > 0 ? Markup.Escape(text) : "-");

    private static void Print(TextWriter text, string title, Table table)
    {
        text.WriteLine();
        text.WriteLine(title);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = Width;
        console.Write(table);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
