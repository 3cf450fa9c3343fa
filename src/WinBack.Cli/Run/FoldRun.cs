using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Cli.EventFiles;
using WinBack.Core.Events;

namespace WinBack.Cli.Run;

/// <summary>Sends an event file to the service's Kafka and waits until the watermarks in Redis have reached its end.</summary>
internal sealed class FoldRun(ServiceProcess service)
{
    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromMinutes(5);
    private readonly HashSet<string> _customers = new(StringComparer.Ordinal);

    /// <summary>Of the events sent.</summary>
    internal IReadOnlyList<string> Customers => [.. _customers];

    /// <returns>A line that says how much and how fast.</returns>
    internal async Task<string> RunAsync(string events, Action<double, string> report, CancellationToken stop)
    {
        var kafka = new KafkaOptions { BootstrapServers = service.Kafka };
        long started = Stopwatch.GetTimestamp();
        int sent = await SendAsync(events, kafka, stop);
        long[,] ends = EndOffsets(kafka);
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(service.Redis);
        PartitionStore[] stores = Enumerable.Range(0, ends.GetLength(0))
            .Select(p => new PartitionStore(redis.GetDatabase(), new PartitionKeys(p))).ToArray();
        while (true)
        {
            long folded = await FoldedAsync(stores, ends);
            report((double)folded / sent, string.Create(CultureInfo.InvariantCulture, $"{folded:N0} of {sent:N0} events"));
            if (folded >= sent) break;
            if (Stopwatch.GetElapsedTime(started) > CatchUpTimeout)
                throw new BadInputException($"only {folded} of {sent} events were folded within {CatchUpTimeout}; see the service's log");
            await Task.Delay(25, stop);
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sent:N0} events of {_customers.Count:N0} customers in {seconds:N1} s ({sent / seconds:N0}/s) from the file through Kafka into Redis");
    }

    private async Task<int> SendAsync(string path, KafkaOptions kafka, CancellationToken stop)
    {
        using EventFileReader file = EventFileReader.Open(path, "--input");
        using var producer = new EventProducer(kafka, new EventProducerOptions());
        int sent = 0;
        while (file.TryRead(out V1.CustomerEvent e))
        {
            await producer.SendAsync(e, e.EventTime.ToDateTimeOffset(), stop);
            _customers.Add(e.CustomerId);
            sent++;
        }

        producer.Flush(stop);
        long acknowledged = EventStreams.All.Sum(producer.Acknowledged);
        return acknowledged == sent
            ? sent
            : throw new BadInputException($"{sent - acknowledged} of {sent} events were not acknowledged: {string.Join("; ", producer.Errors)}");
    }

    private static long[,] EndOffsets(KafkaOptions kafka)
    {
        int partitions = TopicLayout.PartitionCount(kafka, TimeSpan.FromSeconds(10));
        long[,] ends = new long[partitions, EventStreams.Count];
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = kafka.BootstrapServers, GroupId = "winback-run" }).Build();
        for (int p = 0; p < partitions; p++)
            foreach (EventStream stream in EventStreams.All)
                ends[p, (int)stream] = consumer.QueryWatermarkOffsets(
                    new TopicPartition(kafka.Topics.Of(stream), p), TimeSpan.FromSeconds(10)).High.Value;
        return ends;
    }

    private static async Task<long> FoldedAsync(PartitionStore[] stores, long[,] ends)
    {
        PartitionWatermark?[] watermarks = await Task.WhenAll(stores.Select(s => s.ReadWatermarkAsync()));
        long folded = 0;
        for (int p = 0; p < stores.Length; p++)
            foreach (EventStream stream in EventStreams.All)
                folded += Math.Clamp(watermarks[p]?.NextOffset(stream) ?? 0, 0, ends[p, (int)stream]);
        return folded;
    }
}
