using StackExchange.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Adapters.Redis;

/// <summary>What a customer may ask for: to be left alone, to be forgotten, to see what is kept.</summary>
/// <remarks>Every call may throw <see cref="StoreUnavailableException"/>; repeating it is safe.</remarks>
/// <param name="partitionCount">Of the topics.</param>
public sealed class CustomerStore(IDatabase redis, RedisOptions options, int partitionCount)
{
    private const int MaxAttempts = 8;

    /// <summary>A script has so many keys at most.</summary>
    private const int ForgottenAtOnce = 100;

    private static readonly LuaScript SuppressScript = new("suppress");
    private static readonly LuaScript ForgetScript = new("forget");

    public int PartitionOf(CustomerId customer) => CustomerPartition.Of(customer, partitionCount);

    /// <summary>Changes what stands against contact; in force when this returns.</summary>
    public async Task<Suppression> SuppressAsync(
        CustomerId customer, Func<Suppression, Suppression> change, CancellationToken cancellationToken = default)
    {
        RedisKey key = KeysOf(customer).Suppression(customer.Value);
        string found = (await Guarded(redis.StringGetAsync(key), cancellationToken).ConfigureAwait(false)).ToString();
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Suppression next = change(Suppression.Parse(found));
            RedisResult reply = await Guarded(
                SuppressScript.RunAsync(redis, [key], [found, next.ToString()]), cancellationToken).ConfigureAwait(false);
            var parts = (RedisResult[])reply!;
            if ((int)parts[0] == 1) return next;
            found = (string)parts[1]!;
        }

        throw new StoreUnavailableException("the suppression keeps changing");
    }

    /// <summary>
    /// Takes away touches, decisions and what is not published, as far as the decisions are listed. To be called once
    /// <see cref="SuppressAsync"/> has set the erasure, so that nothing new is decided of the customer.
    /// </summary>
    /// <returns>How many decisions there were.</returns>
    public async Task<int> ForgetAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        PartitionKeys keys = KeysOf(customer);
        await Guarded(redis.KeyDeleteAsync(keys.Resets(customer.Value)), cancellationToken).ConfigureAwait(false);
        for (int erased = 0; ;)
        {
            RedisValue[] requests = await Guarded(
                redis.ListRangeAsync(keys.Index(customer.Value), 0, ForgottenAtOnce - 1), cancellationToken).ConfigureAwait(false);
            RedisKey[] names =
            [
                keys.Caps(customer.Value), keys.Index(customer.Value), keys.Outbox, keys.LastTouch(customer.Value),
                keys.Exposures(customer.Value),
                .. requests.Select(request => keys.Decision(request!)),
            ];
            erased += (int)await Guarded(ForgetScript.RunAsync(redis, names, requests), cancellationToken).ConfigureAwait(false);
            if (requests.Length < ForgottenAtOnce) return erased;
        }
    }

    /// <summary>State, touches and suppression as they are kept.</summary>
    public Task<SnapshotSource> ReadAsync(CustomerId customer, CancellationToken cancellationToken = default) =>
        SnapshotSources.ReadAsync(redis, KeysOf(customer), customer, options.CommandTimeout, cancellationToken);

    /// <summary>The customer's latest decisions, newest first; some of them may be kept no more.</summary>
    public async Task<IReadOnlyList<DecisionId>> ListAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        PartitionKeys keys = KeysOf(customer);
        RedisValue[] requests = await Guarded(
            redis.ListRangeAsync(keys.Index(customer.Value)), cancellationToken).ConfigureAwait(false);
        return [.. requests.Select(request => new DecisionId(keys.Partition, Guid.ParseExact(request!, "D")))];
    }

    private PartitionKeys KeysOf(CustomerId customer) => new(PartitionOf(customer));

    private Task<T> Guarded<T>(Task<T> call, CancellationToken cancellationToken) =>
        RedisFaults.AwaitAsync(call, options.CommandTimeout, cancellationToken);
}
