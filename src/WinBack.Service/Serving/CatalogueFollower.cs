using Confluent.Kafka;
using Microsoft.Extensions.Options;
using WinBack.Adapters.Kafka;
using WinBack.Core.Policy.Updates;

namespace WinBack.Service.Serving;

/// <summary>
/// Keeps the product updates of the catalogue topic in memory. Decisions take the catalogue by one reference and keep with
/// them what they knew of it. Without the topic, or while Kafka is away, the last known one serves.
/// </summary>
internal sealed class CatalogueFollower(
    IOptions<KafkaOptions> kafka, Live<UpdateCatalogue> live, TimeProvider time, ILogger<CatalogueFollower> log)
    : IRegistryFollower, IDisposable
{
    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TopicLookInterval = TimeSpan.FromSeconds(30);
    private readonly CatalogueReader _reader = new(kafka.Value, wrong => log.UpdateRefused(wrong));
    private DateTimeOffset _nextLook;

    public static string Subject => "product update";

    public Task FollowAsync(CancellationToken stop) => Task.Run(() => Follow(stop), stop);

    public void ServeConfigured() => live.Swap(UpdateCatalogue.Empty);

    public void Dispose() => _reader.Dispose();

    private void Follow(CancellationToken stop)
    {
        if (live.IsEmpty) ServeConfigured();
        if (!_reader.IsCaughtUp && time.GetUtcNow() < _nextLook) return;
        try
        {
            if (_reader.Poll(_reader.IsCaughtUp ? TimeSpan.Zero : StartWait, stop) is { } catalogue)
            {
                live.Swap(catalogue);
                log.UpdatesServed(catalogue.Count);
            }
        }
        catch (KafkaException away)
        {
            log.CatalogueAway(away.Error.Reason);
        }

        _nextLook = time.GetUtcNow() + TopicLookInterval;
    }
}
