using StackExchange.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.Adapters.Redis;

/// <summary>What is kept of a customer for decisions: state, suppression and touches.</summary>
internal static class SnapshotSources
{
    /// <summary>State and suppression, which are always read and compared together.</summary>
    internal static RedisKey[] StateKeys(PartitionKeys keys, CustomerId customer) =>
        [keys.State(customer.Value), keys.Suppression(customer.Value)];

    /// <param name="found">Of <see cref="StateKeys"/>; what is not there is null, or empty from a script.</param>
    internal static SnapshotSource Of(RedisValue[] found, HashEntry[] touches) =>
        new(found[0].IsNullOrEmpty ? null : (byte[]?)found[0], CapsHash.FieldsOf(touches)) { Suppression = found[1].ToString() };

    /// <summary>One round trip.</summary>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    internal static async Task<SnapshotSource> ReadAsync(
        IDatabase redis, PartitionKeys keys, CustomerId customer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task<RedisValue[]> state = redis.StringGetAsync(StateKeys(keys, customer));
        Task<HashEntry[]> caps = redis.HashGetAllAsync(keys.Caps(customer.Value));
        // Answers come in the order of the commands, so there is one to wait for: a wait costs a change of threads.
        HashEntry[] touches = await RedisFaults.AwaitAsync(caps, timeout, cancellationToken).ConfigureAwait(false);
        RedisValue[] found = await RedisFaults.AwaitAsync(state, timeout, cancellationToken).ConfigureAwait(false);
        return Of(found, touches);
    }
}
