using Confluent.Kafka;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Events;

namespace WinBack.Cli.Doctor;

/// <summary>Looks at the topics: laid out alike, filled by the right partitioner, and how far they are folded.</summary>
internal sealed class KafkaCheck(KafkaOptions options)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <param name="watermarks">Of the Redis that is folded into; null when none was asked.</param>
    internal IReadOnlyList<Finding> Run(IReadOnlyDictionary<int, PartitionWatermark>? watermarks)
    {
        int partitions;
        try
        {
            partitions = TopicLayout.PartitionCount(options, Timeout);
        }
        catch (TopicLayoutException wrong)
        {
            return
            [
                Finding.Failure(
                    "kafka", $"{options.BootstrapServers}: {wrong.Message}",
                    "start Kafka or make the topics; --bootstrap, --topics-prefix and --topic-* say where it looked"),
            ];
        }

        var findings = new List<Finding>
        {
            Finding.Ok("kafka", $"{options.BootstrapServers}: all topics are there, {partitions} partitions each"),
        };
        using IConsumer<byte[], byte[]> consumer = NewConsumer();
        TopicPartition[] all = EventStreams.All
            .SelectMany(stream => Enumerable.Range(0, partitions).Select(p => new TopicPartition(options.Topics.Of(stream), p)))
            .ToArray();
        Dictionary<TopicPartition, WatermarkOffsets> ends =
            all.ToDictionary(tp => tp, tp => consumer.QueryWatermarkOffsets(tp, Timeout));
        findings.Add(CheckPartitioner(consumer, ends, partitions));
        if (watermarks is not null) findings.Add(CheckLag(ends, watermarks, partitions));
        return findings;
    }

    /// <summary>Reads the last record of every partition: its key must hash to where it lies.</summary>
    private Finding CheckPartitioner(
        IConsumer<byte[], byte[]> consumer, Dictionary<TopicPartition, WatermarkOffsets> ends, int partitions)
    {
        TopicPartitionOffset[] last = ends
            .Where(e => e.Value.High > e.Value.Low)
            .Select(e => new TopicPartitionOffset(e.Key, e.Value.High - 1))
            .ToArray();
        if (last.Length == 0) return Finding.Ok("partitioner", "the event topics are empty: nothing to check");
        consumer.Assign(last);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        int read = 0;
        while (read < last.Length && consumer.Consume(Timeout) is { } record)
        {
            read++;
            if (record.Message.Key is not { } key || CustomerPartition.Of(key, partitions) != record.Partition.Value)
                wrong.Add(record.Topic);
        }

        if (wrong.Count > 0)
        {
            return Finding.Failure(
                "partitioner",
                $"keys on {string.Join(", ", wrong)} do not lie where murmur2 puts them: such records become dead letters",
                "set the producers' partitioner to murmur2_random (librdkafka; the Java client's default)");
        }

        return read == last.Length
            ? Finding.Ok("partitioner", $"the last records of {read} partitions lie where murmur2 puts them")
            : Finding.Warning("partitioner", $"only {read} of {last.Length} last records could be read in time", "run it again");
    }

    private Finding CheckLag(
        Dictionary<TopicPartition, WatermarkOffsets> ends, IReadOnlyDictionary<int, PartitionWatermark> watermarks,
        int partitions)
    {
        if (watermarks.Keys.DefaultIfEmpty().Max() >= partitions)
        {
            return Finding.Failure(
                "lag",
                $"Redis was folded with at least {watermarks.Keys.Max() + 1} partitions, Kafka has {partitions}: another lineage",
                "fold into an empty Redis, or name the right Kafka and Redis");
        }

        long lag = 0;
        foreach ((TopicPartition at, WatermarkOffsets offsets) in ends)
        {
            EventStream stream = EventStreams.All.First(s => options.Topics.Of(s) == at.Topic);
            long next = watermarks.TryGetValue(at.Partition.Value, out PartitionWatermark? watermark)
                ? watermark.NextOffset(stream)
                : 0;
            if (next > offsets.High.Value)
            {
                return Finding.Failure(
                    "lag", $"{at} is folded to offset {next} and ends at {offsets.High.Value}: the topic was made anew",
                    "fold into an empty Redis: these states are of another log");
            }

            lag += offsets.High.Value - Math.Max(next, offsets.Low.Value);
        }

        return Finding.Ok(
            "lag", lag == 0 ? "everything is folded" : FormattableString.Invariant($"{lag:N0} records are not folded yet"));
    }

    private IConsumer<byte[], byte[]> NewConsumer()
    {
        var config = new ConsumerConfig(new Dictionary<string, string>(options.Client))
        {
            BootstrapServers = options.BootstrapServers,
            GroupId = "winback-doctor",
            EnableAutoCommit = false,
            FetchWaitMaxMs = 10,
        };
        return new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
    }
}
