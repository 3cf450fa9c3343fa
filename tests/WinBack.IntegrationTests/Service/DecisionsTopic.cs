using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using WinBack.V1;

namespace WinBack.IntegrationTests.Service;

/// <summary>Reads the decisions topic from its beginning, as another system would.</summary>
internal static class DecisionsTopic
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>All decisions with their keys, once there are so many different ones; fewer when they do not come in time.</summary>
    internal static IReadOnlyList<(string Key, int Partition, Decision Decision)> Read(Stores stores, int count, TimeSpan? limit = null) =>
    [
        .. ReadRecords(stores, count, limit).Select(record => (
            Encoding.UTF8.GetString(record.Message.Key), record.Partition.Value, Decision.Parser.ParseFrom(record.Message.Value))),
    ];

    /// <summary>The records themselves.</summary>
    internal static IReadOnlyList<ConsumeResult<byte[], byte[]>> ReadRecords(Stores stores, int count, TimeSpan? limit = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = stores.Broker.BootstrapServers, GroupId = "reader", EnableAutoCommit = false, FetchWaitMaxMs = 10,
        };
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        consumer.Assign(Enumerable.Range(0, Stores.Partitions)
            .Select(p => new TopicPartitionOffset(stores.Kafka.Topics.Decisions, p, Offset.Beginning)));
        var read = new List<ConsumeResult<byte[], byte[]>>();
        var ids = new HashSet<string>();
        long started = Stopwatch.GetTimestamp();
        while (ids.Count < count && Stopwatch.GetElapsedTime(started) < (limit ?? Limit))
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(50)) is not { } record) continue;
            ids.Add(Decision.Parser.ParseFrom(record.Message.Value).DecisionId);
            read.Add(record);
        }

        return read;
    }
}
