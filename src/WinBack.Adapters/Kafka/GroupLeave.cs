using Confluent.Kafka;

namespace WinBack.Adapters.Kafka;

/// <summary>The end of a consumer of a group.</summary>
internal static class GroupLeave
{
    /// <summary>Of the wait for the partitions to be given back. The group's session time-out does it otherwise.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Leaves the group before it closes: a rebalance that is told while librdkafka closes may wait for ever (its issues 4041 and
    /// 4884), as when the group gave the partitions to others in the same moment.
    /// </summary>
    internal static void LeaveAndClose(IConsumer<byte[], byte[]> consumer, IngestContext context)
    {
        consumer.Unsubscribe();
        long since = context.Time.GetTimestamp();
        while (consumer.Assignment.Count > 0 && context.Time.GetElapsedTime(since) < Limit)
        {
            try
            {
                // Serves the rebalance handlers. What is read by the way is not folded, and the next owner reads it.
                consumer.Consume(context.Options.PollWait);
            }
            catch (ConsumeException e)
            {
                context.Log.KafkaError(e.Error.Reason);
            }
        }

        consumer.Close();
    }
}
