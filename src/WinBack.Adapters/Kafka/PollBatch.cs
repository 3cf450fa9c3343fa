using Confluent.Kafka;

namespace WinBack.Adapters.Kafka;

/// <summary>The records of one poll by partition number, in the order in which they came; kept and filled again.</summary>
internal sealed class PollBatch(KafkaOptions options)
{
    private readonly Dictionary<int, List<ConsumeResult<byte[], byte[]>>> _partitions = [];

    /// <summary>Only partitions with records.</summary>
    internal IEnumerable<KeyValuePair<int, List<ConsumeResult<byte[], byte[]>>>> Partitions =>
        _partitions.Where(p => p.Value.Count > 0);

    /// <summary>Waits for a first record, then takes what has been fetched by then, up to the bound.</summary>
    internal void Poll(IConsumer<byte[], byte[]> consumer)
    {
        Clear();
        TimeSpan wait = options.PollWait;
        for (int count = 0; count < options.MaxPollRecords; count++, wait = TimeSpan.Zero)
        {
            ConsumeResult<byte[], byte[]>? read = Consume(consumer, wait);
            if (read is null) return;
            if (!_partitions.TryGetValue(read.Partition.Value, out List<ConsumeResult<byte[], byte[]>>? records))
                _partitions[read.Partition.Value] = records = [];
            records.Add(read);
        }
    }

    /// <summary>
    /// Drops what was read before a rebalance: it may lie beyond the watermark from which the partition is read again,
    /// and folding it would leave a gap.
    /// </summary>
    internal void Clear()
    {
        foreach (List<ConsumeResult<byte[], byte[]>> records in _partitions.Values) records.Clear();
    }

    private static ConsumeResult<byte[], byte[]>? Consume(IConsumer<byte[], byte[]> consumer, TimeSpan wait)
    {
        try
        {
            return consumer.Consume(wait);
        }
        catch (ConsumeException e) when (e.Error.Code == ErrorCode.Local_MaxPollExceeded)
        {
            // Redis or Kafka was away for so long that the group gave the partitions to others. The next polls say so
            // to the rebalance handlers and join again; the watermark keeps this worker from doing harm until then.
            return null;
        }
    }
}
