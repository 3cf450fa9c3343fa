using Confluent.Kafka;
using Confluent.Kafka.Admin;
using WinBack.Core.Events;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Asks the brokers now and then where the event topics end, and tells the tasks: what the consumer knows is of its latest
/// fetches, which may be old. Used by one thread.
/// </summary>
/// <param name="connections">Of the producer.</param>
internal sealed class LogEnds(Handle connections, IngestContext context, TimeSpan period) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly IAdminClient _admin = new DependentAdminClientBuilder(connections).Build();
    private Task<IReadOnlyDictionary<int, long[]>>? _asking;
    private DateTimeOffset _asked;
    private long? _askedAt;

    /// <summary>Never waits: an answer is told at a later turn.</summary>
    internal void Turn(IReadOnlyDictionary<int, PartitionTask> tasks)
    {
        if (_asking is { IsCompleted: true } answered)
        {
            if (answered.Exception is { } failed) context.Log.EndsNotKnown(failed.GetBaseException().Message);
            else foreach ((int partition, long[] ends) in answered.Result) tasks.GetValueOrDefault(partition)?.NoteEnds(_asked, ends);
            _asking = null;
        }

        if (_asking is not null || tasks.Count == 0 || (_askedAt is { } at && context.Time.GetElapsedTime(at) < period)) return;
        (_asked, _askedAt) = (context.Time.GetUtcNow(), context.Time.GetTimestamp());
        _asking = AskAsync([.. tasks.Keys]);
    }

    /// <returns>The offset after the last record, by partition number and stream.</returns>
    /// <exception cref="KafkaException">A broker does not answer.</exception>
    private async Task<IReadOnlyDictionary<int, long[]>> AskAsync(IReadOnlyCollection<int> partitions)
    {
        Dictionary<TopicPartition, (int Partition, EventStream Stream)> asked = partitions
            .SelectMany(p => EventStreams.All.Select(s => (Partition: p, Stream: s)))
            .ToDictionary(a => new TopicPartition(context.Options.Topics.Of(a.Stream), a.Partition));
        ListOffsetsResult found = await _admin.ListOffsetsAsync(
            asked.Keys.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = OffsetSpec.Latest() }),
            new ListOffsetsOptions { IsolationLevel = IsolationLevel.ReadCommitted, RequestTimeout = Timeout }).ConfigureAwait(false);
        Dictionary<int, long[]> ends = partitions.ToDictionary(p => p, _ => new long[EventStreams.Count]);
        foreach (ListOffsetsResultInfo info in found.ResultInfos)
        {
            (int partition, EventStream stream) = asked[info.TopicPartitionOffsetError.TopicPartition];
            ends[partition][(int)stream] = info.TopicPartitionOffsetError.Offset.Value;
        }

        return ends;
    }

    public void Dispose() => _admin.Dispose();
}
