using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>
/// Splits a table by time: the later rows validate. Rows whose label looks into the validation time are dropped from
/// learning (purged), for what happened there must not be known.
/// </summary>
/// <param name="Learning">Rows whose label was known when validation begins.</param>
/// <param name="Validation">Rows of the validation time.</param>
/// <param name="ValidFrom">Time of the earliest validation row; null when rows have no times, and the split is seeded.</param>
/// <param name="Purged">Rows of neither part.</param>
/// <param name="ValidationRows">Row numbers of <paramref name="Validation"/> in the whole table.</param>
internal sealed record TimeSplit(
    TrainingTable Learning, TrainingTable Validation, DateTimeOffset? ValidFrom, int Purged, IReadOnlyList<int> ValidationRows)
{
    /// <param name="validFrom">First instant of validation; null takes <paramref name="share"/> of the rows, the latest.</param>
    /// <param name="horizon">How far after its time a row's label looks.</param>
    /// <exception cref="BadInputException">A part would be empty.</exception>
    internal static TimeSplit Of(TrainingTable table, DateTimeOffset? validFrom, double share, TimeSpan horizon, ulong seed)
    {
        if (table.Times.Length == 0)
        {
            if (validFrom is not null)
                throw new BadInputException("--valid-from needs a time for each row: name its column with --time");
            (int[] kept, int[] heldOut) = HoldOut(table, share, seed);
            return new TimeSplit(table.Select(kept), table.Select(heldOut), null, 0, heldOut);
        }

        DateTimeOffset from = validFrom ?? HoldOut(table, share, seed).HeldOut.Min(row => table.Times[row]);
        var learning = new List<int>();
        var validation = new List<int>();
        for (int row = 0; row < table.RowCount; row++)
        {
            if (table.Times[row] >= from) validation.Add(row);
            else if (table.Times[row] + horizon <= from) learning.Add(row);
        }

        if (learning.Count == 0 || validation.Count == 0)
        {
            string times = FormattableString.Invariant($"{from:yyyy-MM-dd} with labels that look {horizon.TotalDays} days ahead");
            string first = FormattableString.Invariant($"{Earliest(table.Times):yyyy-MM-dd}");
            throw new BadInputException(
                $"validation from {times} leaves {learning.Count} rows to learn from and {validation.Count} to validate: "
                + $"set --valid-from within the table's times ({first} on)");
        }

        return new TimeSplit(
            table.Select(learning), table.Select(validation), from, table.RowCount - learning.Count - validation.Count, validation);
    }

    private static (int[] Kept, int[] HeldOut) HoldOut(TrainingTable table, double share, ulong seed)
    {
        try
        {
            return table.HoldOutRows(share, seed);
        }
        catch (ArgumentException empty)
        {
            throw new BadInputException($"--valid-share {share}: {empty.Message}", empty);
        }
    }

    private static DateTimeOffset Earliest(ReadOnlySpan<DateTimeOffset> times)
    {
        DateTimeOffset earliest = DateTimeOffset.MaxValue;
        foreach (DateTimeOffset time in times) earliest = time < earliest ? time : earliest;
        return earliest;
    }
}
