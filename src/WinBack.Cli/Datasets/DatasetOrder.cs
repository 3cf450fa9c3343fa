using System.Globalization;
using WinBack.Cli.EventFiles;

namespace WinBack.Cli.Datasets;

/// <summary>A training table as ordered on the command line; <see cref="ToModel"/> checks it against the events.</summary>
internal sealed class DatasetOrder
{
    private const int MaxCuts = 10_000;
    private static readonly TimeSpan HistoryBeforeFirstCut = TimeSpan.FromDays(90);
    private static readonly TimeSpan DefaultLapse = TimeSpan.FromDays(60);

    internal required DatasetTask Task { get; init; }

    internal required TimeSpan CutEvery { get; init; }

    internal DateTimeOffset? From { get; init; }

    internal DateTimeOffset? To { get; init; }

    internal required TimeSpan Horizon { get; init; }

    internal TimeSpan? Lapse { get; init; }

    internal DateTimeOffset? Until { get; init; }

    /// <exception cref="BadInputException">
    /// Some cut's label could not be told from these events; the message names the option.
    /// </exception>
    internal DatasetModel ToModel(EventFileSurvey events)
    {
        if (events.First is not { } first || events.Last is not { } last)
            throw new BadInputException($"--events {events.Path} holds no event");
        DateTimeOffset from = From ?? StartOfDay(first + HistoryBeforeFirstCut);

        // Silence is only known while the file goes on: a horizon that ends after it would take the end of the data for churn.
        DateTimeOffset known = Until < last ? Until.Value : last;
        DateTimeOffset lastCut = known - Horizon;
        if (To > lastCut)
        {
            throw new BadInputException(
                $"--to {Day(To.Value)}: the horizon of that cut ends after what is known ({Minute(known)}): "
                + $"use {Day(lastCut)} or earlier, or a shorter --horizon");
        }

        DateTimeOffset to = To ?? lastCut;
        var cuts = new List<DateTimeOffset>();
        for (DateTimeOffset cut = from; cut <= to && cuts.Count <= MaxCuts; cut += CutEvery) cuts.Add(cut);
        if (cuts.Count == 0)
        {
            throw new BadInputException(
                $"there is no cut from {Day(from)} (--from) to {Day(to)} (--to): "
                + $"the events go from {Day(first)} to {Day(known)}");
        }

        if (cuts.Count > MaxCuts) throw new BadInputException($"--cut-every: more than {MaxCuts} cuts; use a greater distance");
        return new DatasetModel(Task, cuts, Horizon, Lapse ?? (Task == DatasetTask.WinBack ? DefaultLapse : null), Until);
    }

    private static DateTimeOffset StartOfDay(DateTimeOffset instant) => new(instant.UtcDateTime.Date, TimeSpan.Zero);

    private static string Day(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Minute(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
