using System.CommandLine;
using System.CommandLine.Parsing;

namespace WinBack.Cli.Dev;

/// <summary><c>winback dev broker</c>: librdkafka's mock broker in a process of its own, so that it can be left or killed.</summary>
internal static class BrokerCommand
{
    private const int MaxPartitions = 1_000;

    private const string Summary = "Runs a small Kafka broker for tests: librdkafka's mock cluster on 127.0.0.1.";

    private const string Notes = """
        Creates the topics, prints 'bootstrap.servers=127.0.0.1:PORT' when it is ready, and runs until SIGTERM, Ctrl-C or,
        with --exit-with-stdin, the end of standard input.

        Limits of the mock broker:
        - everything is in memory and gone when it ends; one broker; the port is chosen by the system;
        - a partition keeps 256 MiB or 2,000,000 batches, then drops the oldest without a word (5 MiB and 100,000 with
          the upstream package instead of scripts/build-librdkafka.sh);
        - a topic that is not listed is created on first use with 4 partitions; CreateTopics requests are refused;
        - an empty fetch is answered after the whole fetch.wait.max.ms: set that to about 10;
        - one batch a partition in each fetch, so many tiny batches are slow to read;
        - offsets cannot be looked up by time, only by beginning and end;
        - no idempotence, quotas, ACLs, TLS or static group membership; all members of a group need the same assignor;
        - while a group has members only they can commit its offsets, and the broker notices a killed member after
          session.timeout.ms: use 2000 to 3000 in tests.

        Examples:
          winback dev broker --topics usage,login,billing,engagement,outcome,dead-letter,late,decisions,catalogue
          winback dev broker --topics usage --partitions 1 --port-file out/broker --exit-with-stdin
        """;

    public static Command Build()
    {
        var topics = new Option<string[]>("--topics")
        {
            Description = "Names of the topics to create, separated by commas or spaces.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = SplitNames,
        };
        var partitions = new Option<int>("--partitions")
        {
            Description = "Partitions of every topic.",
            DefaultValueFactory = _ => 8,
        };
        var portFile = new Option<FileInfo?>("--port-file")
        {
            Description = "Also write 'bootstrap.servers=127.0.0.1:PORT' to this file, complete from the moment it exists.",
        };
        var rebalanceDelay = new Option<int>("--rebalance-delay")
        {
            Description = "Milliseconds that a new consumer group waits for more members before its first assignment.",
            DefaultValueFactory = _ => 100,
        };
        var exitWithStdin = new Option<bool>("--exit-with-stdin")
        {
            Description = "End when standard input ends, so that the broker cannot outlive the process that started it.",
        };
        partitions.Validators.Add(result => RequireRange(result, 1, MaxPartitions));
        rebalanceDelay.Validators.Add(result => RequireRange(result, 0, 60_000));

        var command = new NotedCommand("broker", Summary, Notes) { topics, partitions, portFile, rebalanceDelay, exitWithStdin };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(topics),
            parsed.GetValue(partitions),
            parsed.GetValue(rebalanceDelay),
            parsed.GetValue(portFile),
            parsed.GetValue(exitWithStdin) ? Console.OpenStandardInput() : null,
            parsed.InvocationConfiguration.Output,
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<string> topics, int partitions, int rebalanceDelay, FileInfo? portFile, Stream? stdin, TextWriter output,
        CancellationToken stop)
    {
        using var cluster = MockCluster.Start(topics, partitions, TimeSpan.FromMilliseconds(rebalanceDelay));
        var line = $"bootstrap.servers={cluster.BootstrapServers}";
        if (portFile is not null)
        {
            WriteAtOnce(portFile, line);
        }

        await output.WriteLineAsync(line);
        await output.FlushAsync(CancellationToken.None);
        await EndAsync(stdin, stop);
        return ExitCode.Ok;
    }

    /// <summary>Completes when the process is told to stop or <paramref name="stdin"/>, if given, has ended.</summary>
    private static async Task EndAsync(Stream? stdin, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        using var registration = stop.Register(stopped.SetResult);
        var closed = stdin is null ? stopped.Task : stdin.CopyToAsync(Stream.Null, CancellationToken.None);
        await Task.WhenAny(stopped.Task, closed);
    }

    private static void WriteAtOnce(FileInfo file, string line)
    {
        try
        {
            var staged = file.FullName + ".new";
            File.WriteAllText(staged, line + "\n");
            File.Move(staged, file.FullName, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--port-file {file.FullName} cannot be written: {cause.Message}", cause);
        }
    }

    private static string[] SplitNames(ArgumentResult result)
    {
        var names = result.Tokens
            .SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        foreach (var name in names.Where(name => !IsTopicName(name)))
        {
            result.AddError($"--topics: '{name}' is no topic name: use 1 to 249 of the characters a-z A-Z 0-9 . _ -");
        }

        return names;
    }

    private static bool IsTopicName(string name) =>
        name.Length is > 0 and <= 249 && name is not ("." or "..") &&
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static void RequireRange(OptionResult result, int min, int max)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < min || value > max))
        {
            result.AddError($"{result.Option.Name} must be from {min} to {max}, not {value}");
        }
    }
}
