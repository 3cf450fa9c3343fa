using StackExchange.Redis;
using WinBack.Core.Decisions;

namespace WinBack.Adapters.Redis;

/// <summary>Reads decisions with all that is kept of them; the decision path itself needs less.</summary>
/// <param name="partitionCount">Of the topics.</param>
public sealed class KeptDecisionReader(IDatabase redis, RedisOptions options, int partitionCount)
{
    /// <summary>The status is that of the last change: a reservation that has run out since shows as reserved.</summary>
    /// <returns>Null when there is no such decision, or it is too old to be kept.</returns>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    public async Task<KeptDecision?> ReadAsync(DecisionId id, CancellationToken cancellationToken = default)
    {
        if (id.Partition >= partitionCount) return null;
        RedisKey key = new PartitionKeys(id.Partition).Decision(id.Request.ToString("D"));
        RedisValue[] fields = await RedisFaults.AwaitAsync(
            redis.HashGetAsync(key, StoredDecision.AllFields), options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        return StoredDecision.ReadKept(fields);
    }
}
