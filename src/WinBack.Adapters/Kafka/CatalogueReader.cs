using System.Text;
using Confluent.Kafka;
using WinBack.Adapters.Wire;
using WinBack.Core.Policy.Updates;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Reads the catalogue topic in full, from the beginning, all partitions: a broadcast, so it joins no group and commits
/// nothing. The latest record of an update counts, and one without a value takes it back. For one thread.
/// </summary>
/// <param name="tellWrong">Called with what was wrong with a record; it is passed over, and what stood before stays.</param>
public sealed class CatalogueReader(KafkaOptions options, Action<string> tellWrong) : IDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, ProductUpdate> _updates = new(StringComparer.Ordinal);
    private readonly HashSet<TopicPartition> _behind = [];
    private IConsumer<byte[], byte[]>? _consumer;

    /// <summary>Whether the topic was found, and everything that was in it read once.</summary>
    public bool IsCaughtUp { get; private set; }

    /// <summary>Takes in what has come, until nothing more does for <paramref name="wait"/>.</summary>
    /// <returns>The catalogue if it changed; else null.</returns>
    /// <exception cref="KafkaException">The brokers do not answer; what was read stays.</exception>
    public UpdateCatalogue? Poll(TimeSpan wait, CancellationToken stop)
    {
        if (_consumer is null && !TryStart()) return null;
        bool hasChanged = false;
        while (!stop.IsCancellationRequested && _consumer!.Consume(wait) is { } result)
        {
            if (result.IsPartitionEOF) IsCaughtUp |= _behind.Remove(result.TopicPartition) && _behind.Count == 0;
            else hasChanged |= Take(result.Message);
            if (IsCaughtUp && result.IsPartitionEOF) break;
        }

        return hasChanged ? new UpdateCatalogue(_updates.Values) : null;
    }

    public void Dispose() => _consumer?.Dispose();

    /// <summary>False while there is no such topic: nobody has to have one.</summary>
    private bool TryStart()
    {
        string topic = options.Topics.Catalogue;
        IConsumer<byte[], byte[]> consumer =
            new ConsumerBuilder<byte[], byte[]>(ClientConfigs.Broadcast(options)).SetLogHandler((_, _) => { }).Build();
        try
        {
            // Asked through the consumer, which then knows the leaders: assigned before that, it waits half a second for them.
            using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            TopicMetadata? found = admin.GetMetadata(topic, MetadataTimeout).Topics.SingleOrDefault(t => t.Topic == topic);
            if (found is { Error.IsError: false }) _behind.UnionWith(found.Partitions.Select(p => new TopicPartition(topic, p.PartitionId)));
            if (_behind.Count == 0) return false;
            consumer.Assign(_behind.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
            _consumer = consumer;
        }
        finally
        {
            if (_consumer is null) consumer.Dispose();
        }

        return true;
    }

    private bool Take(Message<byte[], byte[]> message)
    {
        string key = Encoding.UTF8.GetString(message.Key ?? []);
        if (message.Value is not { Length: > 0 } value) return _updates.Remove(key);
        string? contentType = message.Headers is { } headers && headers.TryGetLastBytes("content-type", out byte[] bytes)
            ? Encoding.UTF8.GetString(bytes)
            : null;
        ProductUpdate? update = ProductUpdateWire.Read(value, contentType, out string wrong);
        if (update is not null && update.Id != key) (update, wrong) = (null, $"update_id is not the record key '{key}'");
        if (update is null)
        {
            tellWrong(wrong);
            return false;
        }

        _updates[key] = update;
        return true;
    }
}
