using System.CommandLine;
using System.Globalization;
using CsvHelper;
using StackExchange.Redis;
using WinBack.Cli.Arguments;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Terminal;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.State;

namespace WinBack.Cli.Replay;

/// <summary><c>winback replay</c>: the event path over a file, in memory.</summary>
internal static class ReplayCommand
{
    private static readonly string[] DumpColumns =
        ["customer_id", "state_hash", "state_bytes", "churn_probability", "win_back_probability"];

    private const string Notes = """
        Runs the events through the classes that serve, with states in memory, in the order of event time. Prints what became
        of every event and how large the states are. With --redis it compares every state, byte by byte, with the one that
        Redis holds after the same file was produced, and fails when they differ: that is the parity test.

        Examples:
          winback replay --events out/retail.events.gz
          winback replay --events out/retail.events.gz --models models --dump states.csv
          winback replay --events out/retail.events.gz --redis 127.0.0.1:6379
        """;

    internal static Command Build()
    {
        var events = new Option<string>("--events") { Description = "Event file.", Required = true };
        Option<DateTimeOffset?> until = TimeArguments.Instant("--until", "Reads no event at or after this instant.");
        var models = new Option<string?>("--models")
        {
            Description = "Folder with the models churn and winback: adds their probabilities to --dump.",
        };
        Option<DateTimeOffset?> asOf = TimeArguments.Instant("--as-of", "Instant of the scores. Default: the last event.");
        var dump = new Option<string?>("--dump")
        {
            Description = "CSV to write: customer_id, state_hash, state_bytes and scores, a line each customer.",
        };
        var redis = new RedisArguments("Redis to compare the states with.");
        var command = new NotedCommand("replay", "Folds an event file in memory; compares with Redis.", Notes)
        {
            events, until, models, asOf, dump,
        };
        redis.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            TextWriter text = parsed.InvocationConfiguration.Output;
            EventFileSurvey survey = EventFileSurvey.Of(parsed.GetRequiredValue(events), "--events");
            Scorer? scorer = parsed.GetValue(models) is { } folder ? ServedModels.Load(folder, "--models") : null;
            EventReplay replay =
                ProgressDisplay.Run("Replaying events", report => Replay(survey, parsed.GetValue(until), report));
            List<ReplayedCustomer> customers =
                Finish(replay, scorer, parsed.GetValue(asOf) ?? survey.Last ?? DateTimeOffset.UnixEpoch);
            WriteSummary(text, replay, customers);
            if (parsed.GetValue(dump) is { } path) Dump(text, path, customers);
            if (redis.Address(parsed) is not { } address) return ExitCode.Ok;
            await using ConnectionMultiplexer connection = await RedisArguments.ConnectAsync(address);
            IDatabase database = connection.GetDatabase();
            return Report(
                text, await StateParity.OfAsync(customers, database, await redis.PartitionCountAsync(parsed, database)));
        });
        return command;
    }

    private static EventReplay Replay(EventFileSurvey survey, DateTimeOffset? until, Action<double, string> report)
    {
        var replay = new EventReplay(new FoldOptions());
        long read = 0;
        foreach (V1.CustomerEvent e in survey.ReadInOrder())
        {
            if (e.EventTime?.ToDateTimeOffset() >= until) break;
            replay.Apply(e);
            if (++read % 1_000 == 0) report((double)read / survey.Events, Count(read) + " events");
        }

        return replay;
    }

    private static List<ReplayedCustomer> Finish(EventReplay replay, Scorer? scorer, DateTimeOffset asOf)
    {
        var codec = new StateCodec();
        var context = new FeatureContext();
        float[] features = new float[FeatureSchema.Default.Count];
        var customers = new List<ReplayedCustomer>();
        foreach ((string customer, CustomerState state) in replay.States.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            byte[] blob = codec.Encode(state).ToArray();
            string hash = CustomerSnapshot.Of(blob, CapLedger.Empty).StateHash;
            if (scorer is null || state.IsErased)
            {
                customers.Add(new ReplayedCustomer(customer, blob, hash, null, null));
                continue;
            }

            context.Load(state, asOf);
            FeatureSchema.Default.Write(context, features);
            var scores = scorer.Score(features);
            customers.Add(new ReplayedCustomer(customer, blob, hash, scores.Churn, scores.WinBack));
        }

        return customers;
    }

    private static void WriteSummary(TextWriter text, EventReplay replay, List<ReplayedCustomer> customers)
    {
        FoldOutcome[] outcomes = Enum.GetValues<FoldOutcome>();
        text.WriteLine($"{"events",-16} {Count(outcomes.Sum(replay.Count)),12}");
        foreach (FoldOutcome outcome in outcomes)
            text.WriteLine($"  {FoldOutcomeNames.Of(outcome),-14} {Count(replay.Count(outcome)),12}");
        if (replay.LastFault is { } fault) text.WriteLine($"  the last dead letter: {fault}");
        text.WriteLine($"{"customers",-16} {Count(customers.Count),12}");
        int[] sizes = customers.Select(c => c.Blob.Length).Order().ToArray();
        if (sizes.Length == 0) return;
        text.WriteLine(FormattableString.Invariant(
            $"state bytes: mean {sizes.Average():N0}, median {Quantile(0.5):N0}, 99 of 100 at most {Quantile(0.99):N0}, largest {sizes[^1]:N0}"));
        int Quantile(double share) => sizes[(int)(sizes.Length * share)];
    }

    private static void Dump(TextWriter text, string path, List<ReplayedCustomer> customers)
    {
        using (OutputFile file = OutputFile.Create(path, "--dump"))
        {
            using CsvWriter csv = CsvWriter.Create(file.Stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            foreach (string column in DumpColumns) csv.WriteField(column);
            csv.EndRecord();
            foreach (ReplayedCustomer customer in customers)
            {
                csv.WriteField(customer.Customer);
                csv.WriteField(customer.StateHash);
                csv.WriteField(customer.Blob.Length);
                csv.WriteField(customer.ChurnProbability?.ToString("R", CultureInfo.InvariantCulture) ?? "");
                csv.WriteField(customer.WinBackProbability?.ToString("R", CultureInfo.InvariantCulture) ?? "");
                csv.EndRecord();
            }

            file.Complete();
        }

        text.WriteLine($"Wrote {path}");
    }

    private static int Report(TextWriter text, StateParity parity)
    {
        int different = parity.Different.Count, missing = parity.Missing.Count;
        text.WriteLine($"compared with Redis: {Count(parity.Equal)} equal, {Count(different)} different, {Count(missing)} missing");
        if (different + missing == 0) return ExitCode.Ok;
        string examples = string.Join(", ", parity.Different.Concat(parity.Missing).Take(5));
        throw new BadInputException(
            $"--redis holds other states than the file gives, for example of {examples}: "
            + "it must have folded this file, wholly, and nothing else");
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
