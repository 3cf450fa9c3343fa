using Confluent.Kafka;
using WinBack.Core.Events;
using WinBack.Core.Metrics;

namespace WinBack.Adapters.Kafka;

/// <summary>How many records of a partition, over its topics, are not folded yet.</summary>
internal static class FoldLag
{
    /// <summary>By what the brokers told with the latest fetches; nothing is asked. Null while they have not told of every topic.</summary>
    internal static long? Of(PartitionTask task, IConsumer<byte[], byte[]> consumer, TopicOptions topics)
    {
        long lag = 0;
        foreach (EventStream stream in EventStreams.All)
        {
            WatermarkOffsets known = consumer.GetWatermarkOffsets(new TopicPartition(topics.Of(stream), task.Partition));
            if (known.High.IsSpecial) return null;
            long first = known.Low.IsSpecial ? 0 : known.Low.Value;
            lag += Math.Max(0, known.High.Value - Math.Max(first, task.Held.NextOffset(stream)));
        }

        return lag;
    }

    /// <summary>Records the lag of every task.</summary>
    /// <returns>All of it; null while some is not known.</returns>
    internal static long? RecordAll(IEnumerable<PartitionTask> tasks, IConsumer<byte[], byte[]> consumer, TopicOptions topics)
    {
        long? sum = 0;
        foreach (PartitionTask task in tasks)
        {
            long? lag = Of(task, consumer, topics);
            if (lag is { } known) Record(task.Partition, known);
            sum += lag;
        }

        return sum;
    }

    internal static void Record(int partition, long lag) =>
        Instruments.FoldLag.Record(lag, new KeyValuePair<string, object?>("messaging.destination.partition.id", partition));
}
