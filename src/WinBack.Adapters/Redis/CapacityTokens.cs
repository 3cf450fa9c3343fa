using System.Collections.Concurrent;
using StackExchange.Redis;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.State;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Scarce capacities over all customers (rules C6): this node's leases of units, and what it knows of prices.
/// <list type="bullet">
/// <item>A block of units is leased from the capacity's own key, and counts as spent there. Reservations take of it here.</item>
/// <item>reserve.lua writes the units beside the reservation, in the customer's slot, in the same script: what is spent is as
/// durable as the reservation. It refuses units of a lease that has expired.</item>
/// <item>Some time after the expiry no reservation under a lease can be confirmed any more. Whoever asks for units then adds
/// up what was confirmed under it, over all partitions; that stays spent, and the rest is there again.</item>
/// </list>
/// So never more is confirmed than there is, whatever crashes: of a node that is gone, the units of its leases are out of use
/// until they are settled, and no longer.
/// </summary>
public sealed class CapacityTokens(IDatabase redis, RedisOptions options, int partitionCount, TimeProvider time) : IDisposable
{
    private const int MaxSettledAtOnce = 8;

    /// <summary>By how much the clocks of the stores may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any period.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(40);

    private static readonly LuaScript LeaseScript = new("lease"), UnleaseScript = new("unlease"), SettleScript = new("settle");
    private readonly ConcurrentDictionary<string, CapacityPool> _pools = new(StringComparer.Ordinal);

    /// <summary>Tests put a script without its guard here, to see that they then fail.</summary>
    internal LuaScript Lease { get; init; } = LeaseScript;

    internal LuaScript Settle { get; init; } = SettleScript;

    /// <summary>Short, because what a crashed node has leased is out of use for as long; tests make it shorter.</summary>
    internal TimeSpan LeaseLength { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Tests run on one clock.</summary>
    internal TimeSpan SettleMargin { get; init; } = Skew;

    /// <summary>What is known here of the capacities that a customer's touches may take of.</summary>
    /// <param name="state">Null when the customer is unknown.</param>
    public IReadOnlyList<CapacityQuote> QuotesFor(PlaybookModel playbook, CustomerState? state, DateTimeOffset asOf) =>
        state is null || playbook.Capacities.Count == 0 ? [] : QuotesOf(CapacityRules.Of(playbook, state, asOf));

    /// <summary>What is known here of these capacities; those never asked for are left out.</summary>
    public IReadOnlyList<CapacityQuote> QuotesOf(IReadOnlyList<CapacityUse> uses)
    {
        if (uses.Count == 0) return [];
        var quotes = new List<CapacityQuote>(uses.Count);
        foreach (CapacityUse use in uses)
            if (_pools.TryGetValue(use.Key, out CapacityPool? pool)) quotes.Add(new CapacityQuote(use.Key, pool.Left, pool.Price));
        return quotes;
    }

    /// <summary>Null when there are not so many units left. Whoever gets them spends them or calls <see cref="Return"/>.</summary>
    internal async Task<CapacityGrant?> TakeAsync(CapacityUse use, TimeSpan reservation, CancellationToken cancellationToken)
    {
        CapacityPool pool = PoolOf(use);
        if (pool.Take(use.Units, time.GetTimestamp(), reservation) is { } here) return here;
        await pool.Asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (pool.Take(use.Units, time.GetTimestamp(), reservation) is { } meanwhile) return meanwhile;
            return await LeaseAsync(pool, use.Units, reservation, cancellationToken).ConfigureAwait(false)
                ? pool.Take(use.Units, time.GetTimestamp(), reservation)
                : null;
        }
        finally
        {
            pool.Asking.Release();
        }
    }

    internal void Return(CapacityGrant grant)
    {
        if (_pools.TryGetValue(grant.Key, out CapacityPool? pool)) pool.Return(grant);
    }

    internal void Drop(CapacityGrant grant)
    {
        if (_pools.TryGetValue(grant.Key, out CapacityPool? pool)) pool.Drop(grant.Lease);
    }

    /// <summary>How many units are left of a period, of those that are known here.</summary>
    internal long LeftOf(CapacityUse use) => PoolOf(use).Left;

    /// <summary>The pools that this node has asked of; those of periods that are over go.</summary>
    internal IReadOnlyCollection<CapacityPool> Pools(DateTimeOffset now)
    {
        foreach (CapacityPool pool in _pools.Values)
            if (pool.End + Skew < now) _pools.TryRemove(pool.Key, out _);
        return [.. _pools.Values];
    }

    /// <summary>Gives back what is left of leases that are over, and asks how many units are left.</summary>
    internal async Task RefreshAsync(CapacityPool pool, CancellationToken cancellationToken)
    {
        await CloseAsync(pool, time.GetTimestamp(), 0, cancellationToken).ConfigureAwait(false);
        (_, IReadOnlyList<long> due) = await AskAsync(pool, 0, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        foreach (long number in due.Take(MaxSettledAtOnce)) await SettleAsync(pool, number, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives everything back that is not spent: at the end of the service, when no reservation is made any more.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        foreach (CapacityPool pool in _pools.Values) await CloseAsync(pool, long.MaxValue, 0, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (CapacityPool pool in _pools.Values) pool.Dispose();
    }

    private CapacityPool PoolOf(CapacityUse use) => _pools.GetOrAdd(use.Key, (key, u) => new CapacityPool(key, u.Limit, u.End), use);

    private async Task CloseAsync(CapacityPool pool, long now, long needed, CancellationToken cancellationToken)
    {
        // Closed before they are told of: a call that fails is not repeated, and what it was about comes back when they are settled.
        foreach ((long number, long units) in pool.Close(now, needed))
            if (units > 0) await Guarded(UnleaseScript.RunAsync(redis, [CapacityKeys.Units(pool.Key)], [number, units]), cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<bool> LeaseAsync(CapacityPool pool, long units, TimeSpan reservation, CancellationToken cancellationToken)
    {
        await CloseAsync(pool, time.GetTimestamp(), units, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            (bool isGranted, IReadOnlyList<long> due) = await AskAsync(pool, units, reservation, cancellationToken).ConfigureAwait(false);
            // Each settlement leaves one lease less: this ends.
            if (isGranted || due.Count == 0) return isGranted;
            foreach (long number in due.Take(MaxSettledAtOnce)) await SettleAsync(pool, number, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether there is a new lease; and the numbers of leases that can be settled.</returns>
    private async Task<(bool IsGranted, IReadOnlyList<long> Due)> AskAsync(
        CapacityPool pool, long units, TimeSpan reservation, CancellationToken cancellationToken)
    {
        // From before the call on, so that the lease ends here before it ends there.
        long usableUntil = time.GetTimestamp() + (long)(LeaseLength.TotalSeconds * time.TimestampFrequency);
        RedisValue[] values =
        [
            units, pool.Limit, CapTime.ToMicros(options.ClockOffset), CapTime.ToMicros(LeaseLength), CapTime.ToMicros(reservation + SettleMargin),
            (long)Retention.TotalMilliseconds,
        ];
        var answer = (RedisResult[])(await Guarded(
            Lease.RunAsync(redis, [CapacityKeys.Units(pool.Key)], values), cancellationToken).ConfigureAwait(false))!;
        long granted = (long)answer[0];
        if (granted > 0) pool.Add((long)answer[1], granted, (long)answer[2], usableUntil, reservation);
        pool.Left = (long)answer[3] + pool.Here;
        return (granted > 0, Array.ConvertAll(answer[4..], number => (long)number));
    }

    /// <summary>What was confirmed under a lease is final by now, so two nodes that settle it come to the same.</summary>
    private async Task SettleAsync(CapacityPool pool, long number, CancellationToken cancellationToken)
    {
        RedisValue[][] held = await Guarded(
            Task.WhenAll(Enumerable.Range(0, partitionCount).Select(p => redis.HashValuesAsync(new PartitionKeys(p).Lease(pool.Key, number)))),
            cancellationToken).ConfigureAwait(false);
        long spent = 0;
        foreach (RedisValue value in held.SelectMany(v => v))
            // 'c units' is confirmed. 'expiry units' was reserved, and not confirmed in time.
            if ((string)value! is ['c', ' ', .. string units]) spent += long.Parse(units, System.Globalization.CultureInfo.InvariantCulture);
        await Guarded(
            Settle.RunAsync(redis, [CapacityKeys.Units(pool.Key)], [number, spent, CapTime.ToMicros(options.ClockOffset)]), cancellationToken)
            .ConfigureAwait(false);
    }

    private Task<T> Guarded<T>(Task<T> call, CancellationToken cancellationToken) =>
        RedisFaults.AwaitAsync(call, options.CommandTimeout, cancellationToken);
}
