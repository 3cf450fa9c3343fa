using System.Globalization;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training;

/// <summary>Parts of a model card in words, the same on the terminal and in the report.</summary>
internal static class CardWords
{
    internal static string Of(CalibrationSummary calibration)
    {
        string fitted = Text($"{calibration.Kind} on {calibration.Split} ({calibration.Rows:N0} rows)");
        return fitted + Text($": error {calibration.EceBefore:F4} before, {calibration.EceAfter:F4} after (cross-fitted)");
    }

    internal static string Of(SearchSummary search)
    {
        string size = Text($"{search.Trials} settings x {search.Folds} folds");
        return size + Text($": loss {search.FirstLoss:F4} as given, {search.BestLoss:F4} best (trial {search.BestTrial})");
    }

    internal static string Of(MonotoneCheck check) => Text($"{check.Violations} violations in {check.Steps:N0} steps");

    internal static string Of(TrainingWindow window)
    {
        string times = Text($"{window.First:yyyy-MM-dd} to {window.Last:yyyy-MM-dd}, validation from {window.ValidFrom:yyyy-MM-dd}");
        return times + Text($", labels look {window.HorizonDays} days ahead");
    }

    internal static string Of(RowPart part) =>
        part.Rows.ToString("N0", CultureInfo.InvariantCulture) + (part.MeanLabel is { } mean ? Text($", mean label {mean:F4}") : "");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
