using Confluent.Kafka;

namespace WinBack.Adapters.Kafka;

/// <summary>The librdkafka settings that the protocol depends on, in one place.</summary>
internal static class ClientConfigs
{
    internal static AdminClientConfig Admin(KafkaOptions options) =>
        new(new Dictionary<string, string>(options.Client)) { BootstrapServers = options.BootstrapServers };

    internal static ConsumerConfig Consumer(KafkaOptions options) => new(new Dictionary<string, string>(options.Client))
    {
        BootstrapServers = options.BootstrapServers,
        GroupId = options.GroupId,
        // Range gives partition p of every topic to one worker, because the topics have equally many.
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        // The watermark in Redis is the truth. An offset that Kafka no longer has is an error, not a reason to skip.
        AutoOffsetReset = AutoOffsetReset.Error,
        // Committed offsets only serve lag monitors.
        EnableAutoCommit = true,
        EnableAutoOffsetStore = false,
        SessionTimeoutMs = (int)options.SessionTimeout.TotalMilliseconds,
        HeartbeatIntervalMs = (int)(options.SessionTimeout.TotalMilliseconds / 4),
        FetchWaitMaxMs = (int)options.PollWait.TotalMilliseconds,
        EnablePartitionEof = false,
        IsolationLevel = IsolationLevel.ReadCommitted,
        AllowAutoCreateTopics = false,
    };

    /// <summary>Reads a topic in full by assignment; librdkafka wants a group name all the same, and none is joined.</summary>
    internal static ConsumerConfig Broadcast(KafkaOptions options) => new(new Dictionary<string, string>(options.Client))
    {
        BootstrapServers = options.BootstrapServers,
        GroupId = options.GroupId + "-broadcast",
        AutoOffsetReset = AutoOffsetReset.Earliest,
        // The end of a topic is told by an empty fetch, and a node that starts waits for it.
        FetchWaitMaxMs = 100,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        IsolationLevel = IsolationLevel.ReadCommitted,
        AllowAutoCreateTopics = false,
    };

    internal static ProducerConfig Producer(KafkaOptions options) => new(new Dictionary<string, string>(options.Client))
    {
        BootstrapServers = options.BootstrapServers,
        Acks = Acks.All,
        EnableIdempotence = true,
        LingerMs = 2,
        // librdkafka's default hashes otherwise than the Java client; the fold refuses such records.
        Partitioner = Confluent.Kafka.Partitioner.Murmur2Random,
    };

    /// <summary>
    /// For the decisions topic: batches of it hold the same words over and over, and the bytes are most of what it costs client and broker.
    /// </summary>
    internal static ProducerConfig DecisionProducer(KafkaOptions options)
    {
        ProducerConfig config = Producer(options);
        config.CompressionType ??= CompressionType.Lz4;
        return config;
    }
}
