using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using WinBack.Cli.Arguments;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Terminal;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.State;

namespace WinBack.Cli.Datasets;

/// <summary><c>winback dataset</c>: events into a point-in-time training table.</summary>
internal static class DatasetCommand
{
    private const string Notes = """
        The events are replayed, in the order of event time, through the fold that serves. At each cut a customer gets a row
        with the features as of that instant: events before the cut count, events at the cut do not. The label looks only at
        cut <= event time < cut + horizon:
          churn     1 when the customer does nothing of its own will in that time. Rows: all customers with any activity
                    before the cut, or with --lapse only those active within it.
          winback   1 when the customer is active again in that time. Rows: customers silent for longer than --lapse.
        Beside the table lies a manifest (.json): feature schema, parameters, hashes, rows and positives.

        Examples:
          winback dataset --events out/retail.events.gz --task churn --horizon 60d --cut-every 14d --out out/churn.csv
          winback dataset --events out/retail.events.gz --task winback --lapse 60d --horizon 60d --cut-every 7d \
            --from 2011-03-01 --until 2011-10-01 --out out/winback.csv.gz
        """;

    internal static Command Build()
    {
        var events = new Option<string>("--events") { Description = "Event file.", Required = true };
        var task = new Option<string>("--task") { Description = "churn or winback.", Required = true };
        task.AcceptOnlyFromAmong("churn", "winback");
        Option<TimeSpan?> cutEvery = TimeArguments.Duration("--cut-every", "Distance of the cuts. Default 14d.");
        Option<DateTimeOffset?> from = TimeArguments.Instant("--from", "First cut. Default: 90 days after the first event.");
        Option<DateTimeOffset?> to =
            TimeArguments.Instant("--to", "Last cut at most. Default: the last whose horizon ends within the events.");
        Option<TimeSpan?> horizon = TimeArguments.Duration("--horizon", "How far labels look. Default 60d.");
        Option<TimeSpan?> lapse = TimeArguments.Duration(
            "--lapse", "Silence after which a customer has lapsed. Default: 60d for winback, none for churn.");
        Option<DateTimeOffset?> until =
            TimeArguments.Instant("--until", "Reads no event at or after this instant, for features or labels.");
        var output = new Option<string>("--out") { Description = "CSV to write; packed when it ends in .gz.", Required = true };
        var command = new NotedCommand("dataset", "Makes a training table from events.", Notes)
        {
            events, task, cutEvery, from, to, horizon, lapse, until, output,
        };
        command.SetAction(parsed =>
        {
            EventFileSurvey survey = EventFileSurvey.Of(parsed.GetRequiredValue(events), "--events");
            var order = new DatasetOrder
            {
                Task = parsed.GetValue(task) == "winback" ? DatasetTask.WinBack : DatasetTask.Churn,
                CutEvery = parsed.GetValue(cutEvery) ?? TimeSpan.FromDays(14),
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                Horizon = parsed.GetValue(horizon) ?? TimeSpan.FromDays(60),
                Lapse = parsed.GetValue(lapse),
                Until = parsed.GetValue(until),
            };
            return Run(survey, order.ToModel(survey), parsed.GetRequiredValue(output), parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    private static int Run(EventFileSurvey survey, DatasetModel model, string path, TextWriter text)
    {
        FeatureSchema schema = FeatureSchema.Default;
        var builder = new DatasetBuilder(model, schema, new FoldOptions());
        (long rows, long positives) = WriteTable(builder, survey, schema, path);
        WriteSummary(text, model, builder, rows, positives);
        ToManifest(survey, model, schema, path, rows, positives).Save(path);
        text.WriteLine($"Wrote {path} and {DatasetManifest.PathOf(path)}");
        return ExitCode.Ok;
    }

    private static (long Rows, long Positives) WriteTable(
        DatasetBuilder builder, EventFileSurvey survey, FeatureSchema schema, string path)
    {
        using OutputFile file = OutputFile.Create(path, "--out");
        using var writer = new DatasetWriter(file.Stream, schema.Names);
        ProgressDisplay.Run("Replaying events", report => Write(builder, survey, writer, report));
        if (writer.Rows == 0) throw new BadInputException("no customer has a row at any cut: check --from, --to and --lapse");
        file.Complete();
        return (writer.Rows, writer.Positives);
    }

    private static long Write(DatasetBuilder builder, EventFileSurvey survey, DatasetWriter writer, Action<double, string> report)
    {
        long read = 0;
        foreach (DatasetRow row in builder.Build(Counted(survey.ReadInOrder())))
        {
            writer.Write(row);
            if (writer.Rows % 1_000 == 0)
                report((double)read / survey.Events, writer.Rows.ToString("N0", CultureInfo.InvariantCulture) + " rows");
        }

        return writer.Rows;

        IEnumerable<V1.CustomerEvent> Counted(IEnumerable<V1.CustomerEvent> events)
        {
            foreach (V1.CustomerEvent e in events)
            {
                read++;
                yield return e;
            }
        }
    }

    private static void WriteSummary(TextWriter text, DatasetModel model, DatasetBuilder builder, long rows, long positives)
    {
        string cuts = FormattableString.Invariant(
            $"{model.Cuts.Count} cuts from {model.Cuts[0]:yyyy-MM-dd} to {model.Cuts[^1]:yyyy-MM-dd}");
        text.WriteLine(FormattableString.Invariant($"{rows:N0} rows of {builder.Replay.States.Count:N0} customers at {cuts}"));
        text.WriteLine(FormattableString.Invariant(
            $"{positives:N0} with label 1 ({(double)positives / rows:P1})   {model.DescribeLabel()}"));
        long refused = builder.Replay.Count(FoldOutcome.DeadLetter);
        if (refused > 0)
            text.WriteLine(
                FormattableString.Invariant($"{refused:N0} events could not be folded; the last: {builder.Replay.LastFault}"));
    }

    private static DatasetManifest ToManifest(
        EventFileSurvey survey, DatasetModel model, FeatureSchema schema, string path, long rows, long positives)
    {
        using FileStream data = File.OpenRead(path);
        return new DatasetManifest
        {
            Task = model.Task,
            LabelDefinition = model.DescribeLabel(),
            FeatureSchemaHash = schema.Hash,
            Features = schema.Count,
            HorizonDays = model.Horizon.TotalDays,
            LapseDays = model.Lapse?.TotalDays,
            Cuts = model.Cuts,
            Until = model.Until,
            EventsSha256 = survey.Sha256,
            DataSha256 = Convert.ToHexStringLower(SHA256.HashData(data)),
            Rows = rows,
            Positives = positives,
        };
    }
}
