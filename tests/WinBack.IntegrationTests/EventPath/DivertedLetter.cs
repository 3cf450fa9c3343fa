using System.Globalization;
using System.Text;
using Confluent.Kafka;
using WinBack.Adapters.Kafka;
using WinBack.Testing.Oracles;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>A record of the dead-letter or late topic.</summary>
internal sealed record DivertedLetter(
    byte[]? Key, byte[]? Value, DateTime Time, string? ContentType, string Topic, int Partition, long Offset, string Reason)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What tells repeats from each other.</summary>
    internal (string Topic, int Partition, long Offset) Identity => (Topic, Partition, Offset);

    /// <summary>All that a topic holds, repeats too.</summary>
    internal static List<DivertedLetter> ReadAll(KafkaOptions options, string topic)
    {
        // A plain reader: assigned by hand, in no group.
        var settings = new ConsumerConfig
        {
            BootstrapServers = options.BootstrapServers, GroupId = "audit", EnableAutoCommit = false, FetchWaitMaxMs = 10,
        };
        using IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(settings).Build();
        int partitions = TopicLayout.PartitionCount(options, Patience);
        var letters = new List<DivertedLetter>();
        for (int p = 0; p < partitions; p++)
        {
            var partition = new TopicPartition(topic, p);
            WatermarkOffsets ends = consumer.QueryWatermarkOffsets(partition, Patience);
            consumer.Assign(new TopicPartitionOffset(partition, ends.Low));
            for (long next = ends.Low; next < ends.High; next++)
            {
                ConsumeResult<byte[]?, byte[]?> read = consumer.Consume(Patience)
                    ?? throw new TimeoutException($"{partition}: read up to {next} of {ends.High}");
                letters.Add(Of(read.Message));
            }
        }

        return letters;
    }

    internal bool IsCopyOf(LogRecord record, string reason) =>
        Equal(Key, record.Key) && Equal(Value, record.Value) && Time == record.Timestamp.UtcDateTime
        && ContentType == record.ContentType && Reason == reason;

    private static DivertedLetter Of(Message<byte[]?, byte[]?> message)
    {
        string? Header(string name) => message.Headers.TryGetLastBytes(name, out byte[] bytes) ? Encoding.UTF8.GetString(bytes) : null;
        return new DivertedLetter(
            message.Key,
            message.Value,
            message.Timestamp.UtcDateTime,
            Header("content-type"),
            Header("winback-topic")!,
            int.Parse(Header("winback-partition")!, CultureInfo.InvariantCulture),
            long.Parse(Header("winback-offset")!, CultureInfo.InvariantCulture),
            Header("winback-reason")!);
    }

    private static bool Equal(byte[]? a, byte[]? b) => a is null ? b is null : b is not null && a.AsSpan().SequenceEqual(b);
}
