using System.Text;
using Confluent.Kafka;
using WinBack.Adapters.Kafka;
using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.Tests.Kafka;

public sealed class DivertedRecordProducerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Write_DeadLetter_KeepsTheRecord_AndSaysWhereItWasAndWhy()
    {
        (string topic, Message<byte[], byte[]> message) = await WriteAsync(
            new Timestamp(Noon), FoldOutcome.DeadLetter, RecordFault.KeyMismatch, "the record key must be customer_id");
        Assert.Equal("dead-letter", topic);
        Assert.Equal("k"u8, message.Key);
        Assert.Equal("v"u8, message.Value);
        Assert.Equal(Noon, message.Timestamp.UtcDateTime);
        Assert.Equal(
            [
                "trace=t", "empty=", "winback-topic=login", "winback-partition=3", "winback-offset=42", "winback-reason=KeyMismatch",
                "winback-detail=the record key must be customer_id",
            ],
            message.Headers.Select(h => $"{h.Key}={Encoding.UTF8.GetString(h.GetValueBytes() ?? [])}"));
    }

    [Fact]
    public async Task Write_LateRecord_GoesToTheLateTopic()
    {
        (string topic, Message<byte[], byte[]> message) = await WriteAsync(
            new Timestamp(Noon), FoldOutcome.Late, RecordFault.None, "");
        Assert.Equal("late", topic);
        Assert.Equal("Late", Encoding.UTF8.GetString(message.Headers.GetLastBytes("winback-reason")));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public async Task Write_TimeStampThatIsNoTime_IsWrittenWithoutIt(long timestampMs)
    {
        (_, Message<byte[], byte[]> message) = await WriteAsync(
            new Timestamp(timestampMs, TimestampType.CreateTime), FoldOutcome.DeadLetter, RecordFault.NoTimestamp, "x");
        Assert.Equal(Timestamp.Default, message.Timestamp);
    }

    private static async Task<(string Topic, Message<byte[], byte[]> Message)> WriteAsync(
        Timestamp timestamp, FoldOutcome outcome, RecordFault fault, string detail)
    {
        var raw = new ConsumeResult<byte[], byte[]>
        {
            TopicPartitionOffset = new TopicPartitionOffset("login", 3, 42),
            Message = new Message<byte[], byte[]>
            {
                Key = "k"u8.ToArray(), Value = "v"u8.ToArray(), Timestamp = timestamp,
                Headers = new Headers { { "trace", "t"u8.ToArray() }, { "empty", null } },
            },
        };
        var record = new EventRecord(EventStream.Login, 3, 42, Noon, null, fault, detail);
        KeptMessages kept = KeptMessages.Create(out IProducer<byte[], byte[]> producer);
        await new DivertedRecordProducer(producer, new TopicOptions()).WriteAsync(
            [new DivertedRecord(raw, record, outcome)], CancellationToken.None);
        return Assert.Single(kept.Messages);
    }
}
