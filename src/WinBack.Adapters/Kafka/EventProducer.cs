using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using WinBack.Adapters.Tracing;
using WinBack.Adapters.Wire;
using WinBack.Core.Events;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Sends events as the event path expects them: topic by payload, key = customer id, murmur2 partitions, acks from all
/// replicas, and idempotent, so that a retry inside the client neither repeats nor reorders. The record time stamp is
/// given by the caller: the fold judges lateness by it.
/// </summary>
/// <remarks>One thread sends; the counts may be read from any.</remarks>
public sealed class EventProducer : IDisposable
{
    private const int KeptErrors = 5;
    private static readonly byte[] JsonContentType = Encoding.UTF8.GetBytes(EventReader.JsonContentType);

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly EventProducerOptions _options;
    private readonly string[] _topics;
    private readonly long[] _acknowledged = new long[EventStreams.Count];
    private readonly long[] _failed = new long[EventStreams.Count];
    private readonly SemaphoreSlim _room;
    private readonly List<string> _errors = [];

    public EventProducer(KafkaOptions kafka, EventProducerOptions options)
    {
        _options = options;
        _room = new SemaphoreSlim(options.MaxInFlight, options.MaxInFlight);
        _topics = EventStreams.All.Select(kafka.Topics.Of).ToArray();
        ProducerConfig config = ClientConfigs.Producer(kafka);
        config.LingerMs = options.Linger.TotalMilliseconds;
        // The client counts a record until after its report, so its own limit must not be the one that is met.
        config.QueueBufferingMaxMessages = options.MaxInFlight * 2;
        _producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Records that a broker has acknowledged.</summary>
    public long Acknowledged(EventStream stream) => Volatile.Read(ref _acknowledged[(int)stream]);

    /// <summary>Records given up after the client's retries.</summary>
    public long Failed(EventStream stream) => Volatile.Read(ref _failed[(int)stream]);

    /// <summary>The first few reasons of failure.</summary>
    public IReadOnlyList<string> Errors
    {
        get { lock (_errors) return _errors.ToArray(); }
    }

    /// <summary>
    /// Hands an event to the client; waits only while too many are in flight.
    /// It is sent for good after <see cref="Flush"/>.
    /// </summary>
    /// <param name="timestamp">The record time stamp (UTC).</param>
    public async ValueTask SendAsync(V1.CustomerEvent e, DateTimeOffset timestamp, CancellationToken stop)
    {
        await _room.WaitAsync(stop).ConfigureAwait(false);
        EventStream stream = EventRouting.StreamOf(e);
        var message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(e.CustomerId),
            Value = _options.IsJson ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(e)) : e.ToByteArray(),
            Timestamp = new Timestamp(timestamp.ToUnixTimeMilliseconds(), TimestampType.CreateTime),
            Headers = _options.IsJson ? new Headers { { "content-type", JsonContentType } } : null,
        };
        Activity? span = Spans.StartSend(_topics[(int)stream]);
        TraceHeaders.Write(message, span);
        try
        {
            _producer.Produce(_topics[(int)stream], message, report => Count(stream, report, span));
        }
        catch (ProduceException<byte[], byte[]> refused)
        {
            Spans.EndSend(span, partition: 0, offset: 0, refused.Error.Code.ToString());
            Count(stream, refused.Error);
        }
    }

    /// <summary>Blocks until every record is acknowledged or given up (librdkafka gives up after message.timeout.ms).</summary>
    public void Flush(CancellationToken stop) => _producer.Flush(stop);

    public void Dispose()
    {
        _producer.Dispose();
        _room.Dispose();
    }

    private void Count(EventStream stream, DeliveryReport<byte[], byte[]> report, Activity? span)
    {
        Spans.EndSend(span, report.Partition.Value, report.Offset.Value, report.Error.IsError ? report.Error.Code.ToString() : null);
        Count(stream, report.Error);
    }

    private void Count(EventStream stream, Error error)
    {
        Interlocked.Increment(ref (error.IsError ? _failed : _acknowledged)[(int)stream]);
        if (error.IsError)
            lock (_errors) if (_errors.Count < KeptErrors) _errors.Add($"{_topics[(int)stream]}: {error.Reason}");
        _room.Release();
    }
}
