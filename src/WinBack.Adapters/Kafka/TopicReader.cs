using Confluent.Kafka;

namespace WinBack.Adapters.Kafka;

/// <summary>Reads a topic from its first record to its last one at this moment, partition by partition, as no member of any group.</summary>
public static class TopicReader
{
    /// <param name="timeout">For each answer of the brokers.</param>
    /// <exception cref="TopicLayoutException">The topic is not there, or the brokers do not answer.</exception>
    public static IEnumerable<ConsumeResult<byte[], byte[]>> ReadToEnd(KafkaOptions options, string topic, TimeSpan timeout)
    {
        ConsumerConfig config = ClientConfigs.Consumer(options);
        config.GroupId = options.GroupId + "-export";
        config.EnableAutoCommit = false;
        config.EnablePartitionEof = true;
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        TopicPartitionOffset[] open = PartitionsOf(options, topic, timeout)
            .Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)).ToArray();
        consumer.Assign(open);
        for (int ended = 0; ended < open.Length;)
        {
            ConsumeResult<byte[], byte[]> record = consumer.Consume(timeout)
                ?? throw new TopicLayoutException($"topic '{topic}': no answer from '{options.BootstrapServers}' within {timeout}");
            if (record.IsPartitionEOF) ended++;
            else yield return record;
        }
    }

    private static TopicPartition[] PartitionsOf(KafkaOptions options, string topic, TimeSpan timeout)
    {
        using IAdminClient admin = new AdminClientBuilder(ClientConfigs.Admin(options)).SetLogHandler((_, _) => { }).Build();
        try
        {
            TopicMetadata? found = admin.GetMetadata(topic, timeout).Topics.SingleOrDefault(t => t.Topic == topic);
            return found is { Error.IsError: false }
                ? found.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId)).ToArray()
                : throw new TopicLayoutException($"topic '{topic}' does not exist");
        }
        catch (KafkaException e)
        {
            throw new TopicLayoutException($"Kafka at '{options.BootstrapServers}' does not answer ({e.Error.Reason})");
        }
    }
}
