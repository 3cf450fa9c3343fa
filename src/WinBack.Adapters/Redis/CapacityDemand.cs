using System.Collections.Concurrent;
using System.Globalization;
using StackExchange.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Learns prices of scarce capacities: counts what was asked for, by day and value a unit, and works prices out of the last four
/// weeks. Counting is done here and told now and then, so that no decision waits for it; what a node counts just before it
/// crashes is lost.
/// </summary>
public sealed class CapacityDemand(IDatabase redis, RedisOptions options, CapacityTokens tokens, TimeProvider time)
{
    private const int Days = 28;
    private readonly ConcurrentDictionary<(string Pool, string Field), long> _counts = new();

    /// <summary>Counts a plan's asks, whether they get units or not.</summary>
    /// <param name="plan">Not a preview: looking is not asking.</param>
    public void Count(DecisionPlan plan)
    {
        foreach (CapacityAsk ask in plan.CapacityAsks)
        {
            string field = string.Create(
                CultureInfo.InvariantCulture, $"{plan.DecideTime.UtcDateTime:yyyyMMdd}:{OpportunityPrice.BucketOf(ask.WorthPerUnit)}");
            _counts.AddOrUpdate((ask.Pool, field), static (_, units) => units, static (_, before, units) => before + units, ask.Units);
        }
    }

    /// <summary>Tells what was counted, and sets the prices of this node's pools anew.</summary>
    /// <exception cref="StoreUnavailableException">Redis is away.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        foreach ((string pool, string field) in _counts.Keys)
        {
            if (!_counts.TryRemove((pool, field), out long units)) continue;
            RedisKey key = CapacityKeys.Demand(pool);
            await RedisFaults.AwaitAsync(redis.HashIncrementAsync(key, field, units), options.CommandTimeout, cancellationToken)
                .ConfigureAwait(false);
            await RedisFaults.AwaitAsync(redis.KeyExpireAsync(key, TimeSpan.FromDays(Days * 2)), options.CommandTimeout, cancellationToken)
                .ConfigureAwait(false);
        }

        DateTimeOffset now = time.GetUtcNow();
        foreach (CapacityPool pool in tokens.Pools(now))
        {
            await tokens.Leases.RefreshAsync(pool, cancellationToken).ConfigureAwait(false);
            HashEntry[] entries = await RedisFaults.AwaitAsync(
                redis.HashGetAllAsync(CapacityKeys.Demand(pool.Key[..pool.Key.LastIndexOf('@')])), options.CommandTimeout, cancellationToken)
                .ConfigureAwait(false);
            pool.Price = PriceOf(entries, pool, now);
        }
    }

    private static double PriceOf(HashEntry[] entries, CapacityPool pool, DateTimeOffset now)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime), first = today;
        var demand = new Dictionary<int, long>();
        foreach (HashEntry entry in entries)
        {
            string[] parts = ((string)entry.Name!).Split(':');
            DateOnly day = DateOnly.ParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture);
            if (day <= today.AddDays(-Days) || day > today) continue;
            if (day < first) first = day;
            int bucket = int.Parse(parts[1], CultureInfo.InvariantCulture);
            demand[bucket] = demand.GetValueOrDefault(bucket) + (long)entry.Value;
        }

        TimeSpan observed = now - new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        return OpportunityPrice.Of(demand, observed, pool.End - now, pool.Left);
    }
}
