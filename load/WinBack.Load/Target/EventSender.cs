using Confluent.Kafka;
using WinBack.Adapters.Kafka;
using WinBack.Cli;
using WinBack.Core.Events;
using WinBack.Load.Arguments;

namespace WinBack.Load.Target;

/// <summary>The real producer, for callers that send at the same time: one at a time has it, as it asks for.</summary>
internal sealed class EventSender : IDisposable
{
    private static readonly TimeSpan BrokerTimeout = TimeSpan.FromSeconds(30);
    private readonly EventProducer _producer;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <exception cref="BadInputException">No broker answers, or it sends its clients to another machine.</exception>
    internal EventSender(string bootstrap, TimeSpan? linger)
    {
        RequireLocalBrokers(bootstrap);
        var options = new EventProducerOptions();
        if (linger is { } wait) options.Linger = wait;
        _producer = new EventProducer(new KafkaOptions { BootstrapServers = bootstrap }, options);
    }

    internal long Acknowledged => EventStreams.All.Sum(_producer.Acknowledged);

    internal long Failed => EventStreams.All.Sum(_producer.Failed);

    internal IReadOnlyList<string> Errors => _producer.Errors;

    /// <summary>Hands events to the client, which waits only while too many are unacknowledged. The record time is the event time.</summary>
    internal async Task SendAsync(IEnumerable<V1.CustomerEvent> events, CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            foreach (V1.CustomerEvent e in events) await _producer.SendAsync(e, e.EventTime.ToDateTimeOffset(), stop).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    internal Task SendAsync(V1.CustomerEvent e, CancellationToken stop) => SendAsync([e], stop);

    internal void Flush(CancellationToken stop) => _producer.Flush(stop);

    public void Dispose()
    {
        _producer.Dispose();
        _turn.Dispose();
    }

    /// <summary>A broker on loopback may name others, and records would go to them.</summary>
    private static void RequireLocalBrokers(string bootstrap)
    {
        try
        {
            using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrap })
                .SetLogHandler((_, _) => { }).Build();
            foreach (BrokerMetadata broker in admin.GetMetadata(BrokerTimeout).Brokers)
                if (!Loopback.IsLoopback(broker.Host)) throw Loopback.Refused("--bootstrap", bootstrap, broker.Host);
        }
        catch (KafkaException e)
        {
            throw new BadInputException($"--bootstrap {bootstrap}: {e.Error.Reason}: start the broker, or correct the address", e);
        }
    }
}
