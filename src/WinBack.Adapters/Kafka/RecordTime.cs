using Confluent.Kafka;

namespace WinBack.Adapters.Kafka;

/// <summary>The time stamp of a record, which with CreateTime is whatever number its producer wrote.</summary>
internal static class RecordTime
{
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <returns>Null when there is none, or the number is no time from 1970 to 9999.</returns>
    internal static DateTimeOffset? Of(Timestamp timestamp) =>
        timestamp.Type != TimestampType.NotAvailable && timestamp.UnixTimestampMs >= 0 && timestamp.UnixTimestampMs <= LatestMs
            ? DateTimeOffset.FromUnixTimeMilliseconds(timestamp.UnixTimestampMs)
            : null;
}
