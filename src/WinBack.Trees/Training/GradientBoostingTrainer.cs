using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;
using WinBack.Trees.Scoring;

namespace WinBack.Trees.Training;

/// <summary>Gradient boosted trees, by histograms.</summary>
/// <remarks>
/// Sizes and defaults are ML.NET FastTree's; missing values are kept and the side they go to is learned for every split.
/// The same table, options and seed give the same trees, bit for bit, whatever the number of threads.
/// Limit: 16,777,215 rows.
/// </remarks>
public static class GradientBoostingTrainer
{
    /// <summary>Rows that are gathered and scored at a time.</summary>
    private const int ScoredRows = 1024;

    /// <param name="table">Rows to learn from; also the held-out part when <see cref="TrainingOptions.ValidationFraction"/> is set.</param>
    /// <param name="options">Settings; every fault is reported.</param>
    /// <param name="progress">Told after each round; null is nobody.</param>
    /// <param name="cancellation">Looked at once a round.</param>
    /// <exception cref="ArgumentException">Options out of range, no rows, too many rows, or labels that the objective does not allow.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static TrainingResult Train(
        TrainingTable table,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ThrowIfAny(options.Validate());
        if (options.ValidationFraction == 0)
        {
            return Train(table, null, options, progress, cancellation);
        }

        var (kept, heldOut) = table.HoldOut(options.ValidationFraction, options.Seed);
        return Train(kept, heldOut, options, progress, cancellation);
    }

    /// <summary>Trains with a held-out part of the caller's own choice (<see cref="TrainingOptions.ValidationFraction"/> is not read).</summary>
    /// <inheritdoc cref="Train(TrainingTable, TrainingOptions, IProgress{TrainingProgress}, CancellationToken)"/>
    public static TrainingResult Train(
        TrainingTable table,
        TrainingTable? heldOut,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        CheckRows(table, heldOut, options);
        var run = new BoostingRun(table, heldOut, options);
        run.Boost(progress, cancellation);
        var ensemble = run.ToEnsemble();
        CalibrationOutcome? calibration = null;
        if (heldOut is not null && options.Calibration != CalibrationKind.None)
        {
            double[] scores = RawScores(ensemble, heldOut);
            calibration = CalibrationOutcome.Fit(options.Calibration, ensemble.Link, scores, heldOut, options.Seed);
            ensemble = ensemble.WithLink(calibration.Link);
        }

        return new TrainingResult(
            ensemble,
            run.History,
            Judge(ensemble, table),
            heldOut is null ? null : Judge(ensemble, heldOut),
            calibration);
    }

    /// <summary>Only the trees: no held-out part, nothing judged, all rounds.</summary>
    /// <exception cref="ArgumentException">Options out of range, no rows, too many rows, or labels that are not allowed.</exception>
    public static TreeEnsemble TrainEnsemble(TrainingTable table, TrainingOptions options, CancellationToken cancellation = default)
    {
        CheckRows(table, null, options);
        var run = new BoostingRun(table, null, options);
        run.Boost(null, cancellation);
        return run.ToEnsemble();
    }

    /// <summary>Judges a single-output ensemble that gives probabilities on a table of 0/1 labels.</summary>
    public static BinaryMetrics Evaluate(TreeEnsemble ensemble, TrainingTable table) =>
        BinaryMetrics.Compute(Predictions(ensemble, table), table.Labels, table.Weights);

    /// <summary>Judges a single-output ensemble on a table, as what it predicts.</summary>
    public static ModelMetrics Judge(TreeEnsemble ensemble, TrainingTable table) => ModelMetrics.Compute(
        ensemble.Link.GivesProbabilities, Predictions(ensemble, table), table.Labels, table.Weights);

    /// <summary>The prediction for every row: probability or mean.</summary>
    public static double[] Predictions(TreeEnsemble ensemble, TrainingTable table)
    {
        double[] predictions = RawScores(ensemble, table);
        ensemble.Link.Apply(predictions);
        return predictions;
    }

    /// <summary>The raw score of every row.</summary>
    public static double[] RawScores(TreeEnsemble ensemble, TrainingTable table)
    {
        var scorer = new BatchScorer([ensemble]);
        var scores = new double[table.RowCount];
        var rows = new float[Math.Min(ScoredRows, table.RowCount) * table.FeatureCount];
        for (int from = 0; from < scores.Length; from += ScoredRows)
        {
            int count = Math.Min(ScoredRows, scores.Length - from);
            for (int i = 0; i < count; i++)
            {
                table.CopyRow(from + i, rows.AsSpan(i * table.FeatureCount, table.FeatureCount));
            }

            scorer.RawScores(rows.AsSpan(0, count * table.FeatureCount), scores.AsSpan(from, count));
        }

        return scores;
    }

    private static void CheckRows(TrainingTable table, TrainingTable? heldOut, TrainingOptions options)
    {
        if (heldOut is null)
        {
            ThrowIfAny(options.Validate());
        }

        if (table.RowCount == 0 || table.RowCount > GradientSum.MaxRows)
        {
            throw new ArgumentException($"{table.RowCount} rows: between 1 and {GradientSum.MaxRows} are needed.");
        }

        if (heldOut is not null && !heldOut.FeatureNames.SequenceEqual(table.FeatureNames, StringComparer.Ordinal))
        {
            throw new ArgumentException("The held-out rows have other features than the training rows.");
        }

        if (Objective.Create(options).FaultOf(table) is { } fault)
        {
            throw new ArgumentException(fault);
        }
    }

    private static void ThrowIfAny(IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new ArgumentException("The training options are not valid:\n  " + string.Join("\n  ", errors));
        }
    }
}
