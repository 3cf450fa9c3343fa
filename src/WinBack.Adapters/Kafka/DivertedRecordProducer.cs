using System.Globalization;
using System.Text;
using Confluent.Kafka;
using WinBack.Core.Decisions;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Writes records that are not folded to the dead-letter and late topics. Their identity is (topic, partition, offset)
/// in the headers: after a crash the same record may be written again, and readers drop the second by it.
/// </summary>
internal sealed class DivertedRecordProducer(IProducer<byte[], byte[]> producer, TopicOptions topics)
{
    private const int MaxDetailChars = 500;

    /// <summary>Returns once the brokers have acknowledged every record.</summary>
    /// <exception cref="KafkaException">One could not be written; others may have been.</exception>
    internal Task WriteAsync(IReadOnlyList<DivertedRecord> records, CancellationToken stop)
    {
        var acknowledged = new Task[records.Count];
        for (int i = 0; i < acknowledged.Length; i++) acknowledged[i] = WriteAsync(records[i], stop);
        return Task.WhenAll(acknowledged);
    }

    private async Task WriteAsync(DivertedRecord diverted, CancellationToken stop)
    {
        string topic = diverted.Outcome == FoldOutcome.Late ? topics.Late : topics.DeadLetter;
        Message<byte[], byte[]> copy = Copy(diverted);
        try
        {
            await producer.ProduceAsync(topic, copy, stop).ConfigureAwait(false);
        }
        catch (ProduceException<byte[], byte[]> e) when (IsRefusedForGood(e.Error.Code))
        {
            // Trying again would block the partition. The identity says where the record itself is to be found.
            var remains = new Message<byte[], byte[]> { Headers = OwnHeaders(diverted) };
            Add(remains.Headers, "winback-omitted", $"key, value and headers, because the copy was refused: {e.Error.Reason}");
            await producer.ProduceAsync(topic, remains, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The limits of this topic may be narrower than those of the one read, and the headers come on top.</summary>
    private static bool IsRefusedForGood(ErrorCode code) =>
        code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge or ErrorCode.InvalidRecord or ErrorCode.InvalidTimestamp;

    private static Message<byte[], byte[]> Copy(in DivertedRecord diverted)
    {
        Message<byte[], byte[]> read = diverted.Raw.Message;
        var headers = new Headers();
        if (read.Headers is { } original) foreach (IHeader header in original) headers.Add(header.Key, header.GetValueBytes());
        foreach (IHeader header in OwnHeaders(diverted)) headers.Add(header.Key, header.GetValueBytes());
        return new Message<byte[], byte[]>
        {
            Key = read.Key,
            Value = read.Value,
            Headers = headers,
            Timestamp = RecordTime.Of(read.Timestamp) is { } time ? new Timestamp(time) : Timestamp.Default,
        };
    }

    private static Headers OwnHeaders(in DivertedRecord diverted)
    {
        var headers = new Headers();
        Add(headers, "winback-topic", diverted.Raw.Topic);
        Add(headers, "winback-partition", diverted.Raw.Partition.Value.ToString(CultureInfo.InvariantCulture));
        Add(headers, "winback-offset", diverted.Raw.Offset.Value.ToString(CultureInfo.InvariantCulture));
        Add(headers, "winback-reason", diverted.Outcome == FoldOutcome.Late ? "Late" : diverted.Record.Fault.ToString());
        // The detail may quote the record, which may be large.
        string detail = diverted.Record.FaultDetail;
        Add(headers, "winback-detail", detail.Length <= MaxDetailChars ? detail : detail[..MaxDetailChars]);
        return headers;
    }

    private static void Add(Headers headers, string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));
}
