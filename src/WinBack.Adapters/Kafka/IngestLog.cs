using Microsoft.Extensions.Logging;

namespace WinBack.Adapters.Kafka;

/// <summary>Log messages of the event path; event ids 1000 to 1099.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(1000, LogLevel.Information, "Ingest started: {Partitions} partitions a topic, group '{Group}'")]
    internal static partial void Started(this ILogger log, int partitions, string group);

    [LoggerMessage(1001, LogLevel.Information, "Took over partition {Partition}: {Watermark}")]
    internal static partial void TookOver(this ILogger log, int partition, string watermark);

    [LoggerMessage(1002, LogLevel.Information, "Lost {Count} partitions to another worker or to shutdown")]
    internal static partial void Revoked(this ILogger log, int count);

    [LoggerMessage(1003, LogLevel.Warning, "Partition {Partition}: fenced; this worker holds epoch {Held}, Redis has {Found}")]
    internal static partial void Fenced(this ILogger log, int partition, long held, long found);

    [LoggerMessage(1004, LogLevel.Warning, "Partition {Partition}: Redis lost its tail; held {Held}, going back to {Found}")]
    internal static partial void TailLost(this ILogger log, int partition, string held, string found);

    [LoggerMessage(1005, LogLevel.Warning, "Partition {Partition}: store or broker away, trying again ({Error}: {Message})")]
    internal static partial void StoreAway(this ILogger log, int partition, string error, string message);

    [LoggerMessage(1006, LogLevel.Warning, "Kafka: {Reason}")]
    internal static partial void KafkaError(this ILogger log, string reason);

    [LoggerMessage(1007, LogLevel.Error, "Partition {Partition}: decision {Request} outlived its retention before it could be published")]
    internal static partial void DecisionGone(this ILogger log, int partition, string request);

    [LoggerMessage(1008, LogLevel.Error, "Partition {Partition}: decision {Request} cannot be read and waits in the outbox: {Problem}")]
    internal static partial void DecisionUnreadable(this ILogger log, int partition, string request, string problem);

    [LoggerMessage(1009, LogLevel.Warning, "The ends of the event topics are not known, so no prediction gets its label for now: {Reason}")]
    internal static partial void EndsNotKnown(this ILogger log, string reason);
}
