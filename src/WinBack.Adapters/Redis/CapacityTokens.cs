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
/// <item>After its expiry nothing more is reserved under a lease. Whoever asks for units then looks at what is, over all
/// partitions: what was confirmed stays spent, what is reserved may be confirmed until it expires, and the rest is there again; so
/// at the next expiry, until nothing is reserved any more. Each look is written down only if nothing came in between.</item>
/// <item>What is released, and what a node has left when it is done with a lease, comes back at once, and at most once.</item>
/// </list>
/// So never more is confirmed than there is, whatever crashes: of a node that is gone, the units of its leases are out of use
/// until these are over, and no longer. When the next unit comes back is known to the millisecond.
/// </summary>
public sealed class CapacityTokens(IDatabase redis, RedisOptions options, int partitionCount, TimeProvider time) : IDisposable
{
    /// <summary>By how much the clocks of the stores may be apart.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, CapacityPool> _pools = new(StringComparer.Ordinal);

    /// <summary>Tests put some without a guard here, to see that they then fail.</summary>
    internal CapacityLeases Leases { get; init; } = new(redis, options, partitionCount, time);

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
            if (_pools.TryGetValue(use.Key, out CapacityPool? pool)) quotes.Add(QuoteOf(pool));
        return quotes;
    }

    /// <summary>Null when there are not so many units left. Whoever gets them spends them or calls <see cref="Return"/>.</summary>
    internal async Task<CapacityGrant?> TakeAsync(CapacityUse use, CancellationToken cancellationToken)
    {
        CapacityPool pool = PoolOf(use);
        if (pool.Take(use.Units, time.GetTimestamp()) is { } here) return here;
        await pool.Asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (pool.Take(use.Units, time.GetTimestamp()) is { } meanwhile) return meanwhile;
            return await Leases.LeaseAsync(pool, use.Units, cancellationToken).ConfigureAwait(false)
                ? pool.Take(use.Units, time.GetTimestamp())
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

    /// <summary>What is known here after <see cref="TakeAsync"/> had no units.</summary>
    internal CapacityShortage ShortageOf(string action, CapacityUse use)
    {
        CapacityQuote known = QuoteOf(PoolOf(use));
        return new CapacityShortage(action, use.Key, known.Left, CapacityQuote.TimeFor(use.Units, known.Left, known.Returns));
    }

    /// <summary>The pools that this node has asked of; those of periods that are over go.</summary>
    internal IReadOnlyCollection<CapacityPool> Pools(DateTimeOffset now)
    {
        foreach (CapacityPool pool in _pools.Values)
            if (pool.End + Skew < now) _pools.TryRemove(pool.Key, out _);
        return [.. _pools.Values];
    }

    /// <summary>Gives everything back that is not spent: at the end of the service, when no reservation is made any more.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        foreach (CapacityPool pool in _pools.Values) await Leases.CloseAsync(pool, long.MaxValue, 0, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (CapacityPool pool in _pools.Values) pool.Dispose();
    }

    private CapacityPool PoolOf(CapacityUse use) => _pools.GetOrAdd(use.Key, (key, u) => new CapacityPool(key, u.Limit, u.End), use);

    private static CapacityQuote QuoteOf(CapacityPool pool) => new(pool.Key, pool.Left, pool.Price)
    {
        AskedUnits = pool.Wait?.Units ?? 0, Returns = pool.Wait?.Returns ?? [],
    };
}
