using System.Text;
using Confluent.Kafka;
using WinBack.Adapters.Kafka;
using WinBack.Testing.Oracles;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>Produces the records of a log to the partitions and offsets that the log gives them.</summary>
internal sealed class LogProducer(KafkaOptions options) : IDisposable
{
    private readonly IProducer<byte[]?, byte[]?> _producer =
        new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig(ClientConfigs.Producer(options)) { MessageTimeoutMs = 90_000 }).Build();

    /// <summary>Returns once all are acknowledged.</summary>
    /// <exception cref="InvalidOperationException">The broker gave one another offset.</exception>
    internal Task WriteAsync(IEnumerable<LogRecord> records) => Task.WhenAll(records.Select(WriteAsync).ToArray());

    public void Dispose() => _producer.Dispose();

    private async Task WriteAsync(LogRecord record)
    {
        var message = new Message<byte[]?, byte[]?>
        {
            Key = record.Key,
            Value = record.Value,
            Timestamp = new Timestamp(record.Timestamp),
        };
        if (record.ContentType is not null)
            message.Headers = new Headers { { "content-type", Encoding.UTF8.GetBytes(record.ContentType) } };
        DeliveryResult<byte[]?, byte[]?> written = await _producer.ProduceAsync(
            new TopicPartition(options.Topics.Of(record.Stream), record.Partition), message);
        if (written.Offset.Value != record.Offset)
            throw new InvalidOperationException($"{written.TopicPartitionOffset} was to be offset {record.Offset}");
    }
}
