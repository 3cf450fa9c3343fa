using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Tracing;
using WinBack.Cli.Arguments;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Terminal;
using WinBack.Core.Events;

namespace WinBack.Cli.Produce;

/// <summary><c>winback produce</c>: an event file to Kafka.</summary>
internal static class ProduceCommand
{
    private static readonly TimeSpan BrokerTimeout = TimeSpan.FromSeconds(10);

    private const string Notes = """
        Every event goes to the topic of its kind, with the customer id as key and murmur2 partitions (murmur2_random), and
        is acknowledged by all replicas. The record time stamp is the event time, so that an old event is judged late or
        not as if it had been sent when it happened. The topics must exist, with equally many partitions.

        With OTEL_EXPORTER_OTLP_ENDPOINT set, sends are traced: each event by itself, OTEL_TRACES_SAMPLER says which (one in a
        hundred by default), or all of them as parts of the trace that TRACEPARENT names. The records carry it on.

        Examples:
          winback produce --events out/retail.events.gz --bootstrap 127.0.0.1:9092
          winback produce --events out/retail.events.gz --speed-up 86400       a day of event time each second
          winback produce --events out/retail.events.gz --rate 5000 --values json
        """;

    internal static Command Build()
    {
        var events = new Option<string>("--events")
        {
            Description = "Event file, as 'winback import' writes it.", Required = true,
        };
        var speedUp = new Option<double>("--speed-up")
        {
            Description = "How many times faster than event time went by; 'max' for as fast as possible.",
            CustomParser = ParseSpeedUp,
            DefaultValueFactory = _ => double.PositiveInfinity,
        };
        var rate = new Option<double?>("--rate") { Description = "Events a second at most." };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is <= 0) result.AddError("--rate must be above 0");
        });
        var values = new Option<string>("--values")
        {
            Description = "protobuf, or json with a content-type header.",
            DefaultValueFactory = _ => "protobuf",
        };
        values.AcceptOnlyFromAmong("protobuf", "json");
        var kafka = new KafkaArguments();
        var command = new NotedCommand("produce", "Sends an event file to Kafka.", Notes) { events, speedUp, rate, values };
        kafka.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(events),
            kafka.Read(parsed),
            new EventProducerOptions { IsJson = parsed.GetValue(values) == "json" },
            new Pacer(parsed.GetValue(speedUp), parsed.GetValue(rate) ?? double.PositiveInfinity, TimeProvider.System),
            parsed.InvocationConfiguration.Output,
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, KafkaOptions kafka, EventProducerOptions options, Pacer pacer, TextWriter text, CancellationToken stop)
    {
        using EventFileReader file = EventFileReader.Open(path, "--events");
        int partitions = PartitionCount(kafka);
        using TracerProvider? traces = TraceExport.Start(new TracingOptions(), "winback-produce");
        using Activity? run = Spans.StartCommand("produce", Environment.GetEnvironmentVariable("TRACEPARENT"));
        using var producer = new EventProducer(kafka, options);
        long[] sent = await ProgressDisplay.RunAsync("Producing", report => SendAsync(file, producer, pacer, report, stop));
        return WriteSummary(text, kafka, producer, sent, partitions, pacer.Elapsed);
    }

    private static int PartitionCount(KafkaOptions kafka)
    {
        try
        {
            return TopicLayout.PartitionCount(kafka, BrokerTimeout);
        }
        catch (TopicLayoutException wrong)
        {
            throw new BadInputException($"--bootstrap {kafka.BootstrapServers}: {wrong.Message}", wrong);
        }
    }

    private static async Task<long[]> SendAsync(
        EventFileReader file, EventProducer producer, Pacer pacer, Action<double, string> report, CancellationToken stop)
    {
        long[] sent = new long[EventStreams.Count];
        long total = 0;
        while (file.TryRead(out V1.CustomerEvent e))
        {
            DateTimeOffset time = e.EventTime?.ToDateTimeOffset()
                ?? throw new BadInputException(
                    $"--events: event '{e.EventId}' of customer '{e.CustomerId}' has no event_time; set it");
            await pacer.WaitAsync(time, stop).ConfigureAwait(false);
            await producer.SendAsync(e, time, stop).ConfigureAwait(false);
            sent[(int)Adapters.Wire.EventRouting.StreamOf(e)]++;
            if (++total % 1_000 == 0) report((double)file.BytesRead / file.FileLength, Rate(total, pacer.Elapsed));
        }

        producer.Flush(stop);
        return sent;
    }

    private static int WriteSummary(
        TextWriter text, KafkaOptions kafka, EventProducer producer, long[] sent, int partitions, TimeSpan elapsed)
    {
        text.WriteLine($"{"topic",-24} {"sent",10} {"acknowledged",13} {"failed",8}");
        foreach (EventStream stream in EventStreams.All)
        {
            (long acknowledged, long failed) = (producer.Acknowledged(stream), producer.Failed(stream));
            text.WriteLine(FormattableString.Invariant(
                $"{kafka.Topics.Of(stream),-24} {sent[(int)stream],10:N0} {acknowledged,13:N0} {failed,8:N0}"));
        }

        long arrived = EventStreams.All.Sum(producer.Acknowledged);
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{arrived:N0} events into {partitions} partitions in {elapsed.TotalSeconds:N1} s, {Rate(arrived, elapsed)}"));
        if (arrived == sent.Sum()) return ExitCode.Ok;
        throw new BadInputException(
            $"{sent.Sum() - arrived} of {sent.Sum()} events were not acknowledged: {string.Join("; ", producer.Errors)}. "
            + "Mend the cause and produce the file again: what arrived counts once, but what the fold's horizon has passed "
            + "by then goes to the late topic.");
    }

    private static string Rate(long events, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{events / Math.Max(0.001, elapsed.TotalSeconds):N0} events/s");

    private static double ParseSpeedUp(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (text == "max") return double.PositiveInfinity;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0) return value;
        result.AddError($"--speed-up must be above 0 or 'max', not '{text}'");
        return 0;
    }
}
