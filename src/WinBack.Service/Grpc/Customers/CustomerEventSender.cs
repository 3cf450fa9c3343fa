using Microsoft.Extensions.Options;
using WinBack.Adapters;
using WinBack.Adapters.Kafka;
using WinBack.Core.Events;

namespace WinBack.Service.Grpc.Customers;

/// <summary>Sends events in the name of a customer and waits until the brokers have them. Connects at the first one.</summary>
internal sealed class CustomerEventSender(IOptions<KafkaOptions> kafka) : IDisposable
{
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1, 1);
    private EventProducer? _producer;

    /// <param name="time">Event and record time stamp (UTC).</param>
    /// <exception cref="StoreUnavailableException">They are not known to be there; the same may be sent again.</exception>
    internal async Task SendAsync(IReadOnlyList<V1.CustomerEvent> events, DateTimeOffset time, CancellationToken cancellation)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        wait.CancelAfter(MostWait);
        // The producer is for one thread at a time.
        await _one.WaitAsync(wait.Token);
        try
        {
            EventProducer producer = _producer ??= new EventProducer(kafka.Value, new EventProducerOptions { Linger = TimeSpan.Zero });
            long failed = Failed(producer);
            foreach (V1.CustomerEvent e in events) await producer.SendAsync(e, time, wait.Token);
            await Task.Run(() => producer.Flush(wait.Token), wait.Token);
            if (Failed(producer) > failed) throw new StoreUnavailableException("Kafka did not take an event: " + producer.Errors[^1]);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new StoreUnavailableException($"Kafka did not acknowledge an event within {MostWait}", e);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _producer?.Dispose();
        _one.Dispose();
    }

    private static long Failed(EventProducer producer) => EventStreams.All.Sum(producer.Failed);
}
