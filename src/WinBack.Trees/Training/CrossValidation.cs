namespace WinBack.Trees.Training;

/// <summary>Judges settings on several parts of a table, each by a model that did not see that part or anything after it.</summary>
/// <remarks>
/// With times the windows expand: the rows in time order are cut into folds + 1 parts of about equal size, and each part but
/// the first is judged by a model of all rows before it whose label was known by then. Random parts would let a model learn
/// from the future, so they are only used where rows have no times.
/// </remarks>
public static class CrossValidation
{
    /// <param name="table">All rows.</param>
    /// <param name="folds">2 to 20.</param>
    /// <param name="horizon">How far after its time a row's label looks; rows whose label looks into the part are left out.</param>
    /// <param name="seed">Parts the rows when there are no times.</param>
    /// <exception cref="ArgumentException">Too few instants or rows for so many folds.</exception>
    public static IReadOnlyList<ValidationFold> Split(TrainingTable table, int folds, TimeSpan horizon, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, 20);
        var parts = table.Times.Length > 0 ? Expanding(table, folds, horizon) : RandomParts(table.RowCount, folds, seed);
        foreach (var part in parts)
        {
            if (part.Learning.Count == 0 || part.Validation.Count == 0)
            {
                string at = part.From is { } from ? FormattableString.Invariant($" from {from:yyyy-MM-dd}") : "";
                throw new ArgumentException(
                    $"{folds} folds of {table.RowCount} rows leave {part.Learning.Count} rows to learn from and "
                    + $"{part.Validation.Count} to judge{at}: take fewer folds, or rows of more times.");
            }
        }

        return parts;
    }

    /// <summary>Trains and judges each fold; early stopping watches the fold's own validation rows.</summary>
    /// <exception cref="ArgumentException">The options or the labels of a fold do not allow a model.</exception>
    public static CrossValidationResult Run(
        TrainingTable table, IReadOnlyList<ValidationFold> folds, TrainingOptions options, CancellationToken cancellation = default)
    {
        var results = new FoldResult[folds.Count];
        for (int i = 0; i < results.Length; i++)
        {
            var fold = folds[i];
            var trained = GradientBoostingTrainer.Train(
                table.Select(fold.Learning),
                table.Select(fold.Validation),
                options with { Calibration = CalibrationKind.None },
                cancellation: cancellation);
            double loss = trained.Rounds == 0 ? double.PositiveInfinity : trained.History[trained.Rounds - 1].ValidationLoss;
            results[i] = new FoldResult(
                fold.Learning.Count, fold.Validation.Count, fold.From, trained.Rounds, loss, trained.ValidationMetrics!);
        }

        return new CrossValidationResult(results);
    }

    private static ValidationFold[] Expanding(TrainingTable table, int folds, TimeSpan horizon)
    {
        var times = table.Times.ToArray();
        int[] order = Enumerable.Range(0, times.Length).OrderBy(row => times[row]).ToArray();
        int[] starts = Enumerable.Range(1, folds)
            .Select(part => StartOfInstant(times, order, (int)((long)times.Length * part / (folds + 1)))).ToArray();
        return starts.Select((start, i) =>
        {
            int end = i + 1 < folds ? starts[i + 1] : times.Length;
            var from = times[order[start]];
            return new ValidationFold(
                order[..start].Where(row => times[row] + horizon <= from).Order().ToArray(),
                order[start..Math.Max(start, end)].Order().ToArray(),
                from);
        }).ToArray();
    }

    /// <summary>Rows of one instant are never split.</summary>
    private static int StartOfInstant(DateTimeOffset[] times, int[] order, int start)
    {
        while (start > 0 && times[order[start]] == times[order[start - 1]])
        {
            start--;
        }

        return start;
    }

    private static ValidationFold[] RandomParts(int rows, int folds, ulong seed)
    {
        int[] order = Enumerable.Range(0, rows).ToArray();
        new SeededSequence(seed).Shuffle(order);
        return Enumerable.Range(0, folds).Select(part => new ValidationFold(
            order.Where((_, place) => place % folds != part).Order().ToArray(),
            order.Where((_, place) => place % folds == part).Order().ToArray(),
            null)).ToArray();
    }
}
