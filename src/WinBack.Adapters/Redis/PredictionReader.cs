using StackExchange.Redis;
using WinBack.Core.Models;

namespace WinBack.Adapters.Redis;

/// <summary>The predictions of all partitions that wait for their label or have it, as <see cref="PredictionStore"/> keeps them.</summary>
/// <param name="partitionCount">Of the topics.</param>
/// <param name="settling">From the end of its horizon a label may change for so long.</param>
public sealed class PredictionReader(
    IDatabase redis, RedisOptions redisOptions, CalibrationOptions options, TimeSpan settling, int partitionCount)
{
    private readonly PartitionKeys[] _keys = Enumerable.Range(0, partitionCount).Select(p => new PartitionKeys(p)).ToArray();

    /// <summary>Those of partitions whose owner has not noted yet how far it has folded are left out.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    /// <exception cref="InvalidDataException">Another program wrote there, or a newer one.</exception>
    public async Task<IReadOnlyList<PredictionSample>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        // How far first: of all that had arrived by then, the marks are there when they are read after it.
        RedisValue[] until = await GuardedAsync(
            Task.WhenAll(Array.ConvertAll(_keys, keys => redis.StringGetAsync(keys.FoldedUntil))), cancellationToken).ConfigureAwait(false);
        var samples = new List<PredictionSample>();
        DateOnly today = SampleDays.Of(now);
        for (int ago = 0; ago < options.KeptDays(settling); ago++)
        {
            HashEntry[][] found = await GuardedAsync(
                Task.WhenAll(Array.ConvertAll(_keys, keys => redis.HashGetAllAsync(keys.Predictions(today.AddDays(-ago))))),
                cancellationToken).ConfigureAwait(false);
            for (int p = 0; p < found.Length; p++)
            {
                if (until[p].IsNullOrEmpty) continue;
                DateTimeOffset folded = DateTimeOffset.FromUnixTimeMilliseconds((long)until[p]);
                samples.AddRange(SampleText.ReadAll(found[p]).Select(sample => (sample ?? throw Foreign(_keys[p])) with { FoldedUntil = folded }));
            }
        }

        return samples;
    }

    private static InvalidDataException Foreign(PartitionKeys keys) =>
        new($"partition {keys.Partition} holds predictions of another form: another program wrote them, or a newer one did");

    private Task<T> GuardedAsync<T>(Task<T> call, CancellationToken cancellationToken) =>
        RedisFaults.AwaitAsync(call, redisOptions.CommandTimeout, cancellationToken);
}
