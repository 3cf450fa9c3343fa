using Confluent.Kafka;
using WinBack.Core.Events;
using WinBack.Core.Metrics;

namespace WinBack.Adapters.Kafka;

/// <summary>How many records of a partition, over its topics, are not folded yet.</summary>
internal static class FoldLag
{
    /// <summary>By what the brokers told with the latest fetches; nothing is asked.</summary>
    internal static long Of(PartitionTask task, IConsumer<byte[], byte[]> consumer, TopicOptions topics)
    {
        long lag = 0;
        foreach (EventStream stream in EventStreams.All)
        {
            WatermarkOffsets known = consumer.GetWatermarkOffsets(new TopicPartition(topics.Of(stream), task.Partition));
            if (known.High.IsSpecial) continue;
            long first = known.Low.IsSpecial ? 0 : known.Low.Value;
            lag += Math.Max(0, known.High.Value - Math.Max(first, task.Held.NextOffset(stream)));
        }

        return lag;
    }

    internal static void Record(int partition, long lag) =>
        Instruments.FoldLag.Record(lag, new KeyValuePair<string, object?>("messaging.destination.partition.id", partition));
}
