using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training;

/// <summary>Writes what a training run found as a few lines for a terminal.</summary>
internal static class TrainingText
{
    internal static void Write(TextWriter text, TableFile file, TrainedModel trained, ModelCard card)
    {
        TimeSplit split = trained.Split;
        string since = split.ValidFrom is { } from ? FormattableString.Invariant($" (from {from:yyyy-MM-dd})") : "";
        string parts = FormattableString.Invariant(
            $"{split.Learning.RowCount:N0} to learn from, {split.Validation.RowCount:N0} to validate{since}, {split.Purged:N0} purged");
        Line(text, $"{file.Table.RowCount:N0} rows: {parts}");
        if (card.Search is { } search) text.WriteLine("search: " + CardWords.Of(search));
        foreach (string part in (string[])["learning", "validation", "test"]) WritePart(text, part, card.Metrics);
        if (card.Calibration is { } calibration) text.WriteLine("calibration: " + CardWords.Of(calibration));
        foreach (MonotoneCheck check in card.MonotoneChecks)
            text.WriteLine($"monotone {check.Feature}:{check.Direction}: {CardWords.Of(check)}");
        if (card.Latency is { } latency)
            Line(text, $"latency: {latency.MedianNanoseconds:N0} ns a row (median of batches), {latency.SlowNanoseconds:N0} ns at 99 in 100");
    }

    private static void WritePart(TextWriter text, string part, IReadOnlyDictionary<string, double> metrics)
    {
        string prefix = part + "_";
        if (!metrics.TryGetValue(prefix + "rows", out double rows)) return;
        IEnumerable<string> figures = metrics
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && pair.Key != prefix + "rows")
            .Select(pair => FormattableString.Invariant($"{pair.Key[prefix.Length..]} {pair.Value:F4}"));
        Line(text, $"{part,-11} {rows,9:N0} rows   {string.Join("   ", figures)}");
    }

    private static void Line(TextWriter text, FormattableString line) => text.WriteLine(FormattableString.Invariant(line));
}
