using StackExchange.Redis;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.Redis;

/// <summary>Takes, gives back and looks at leases of scarce capacities; what they are for stands at <see cref="CapacityTokens"/>.</summary>
internal sealed class CapacityLeases(IDatabase redis, RedisOptions options, int partitionCount, TimeProvider time)
{
    private const int MaxSettledAtOnce = 8;

    /// <summary>How many leases are looked through for what will come back; those that are over first.</summary>
    private const int MaxForeseen = 64;

    /// <summary>Short, because what a crashed node has leased is out of use for as long.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(1);

    /// <summary>What was reserved in time by one clock is over by this much later by all.</summary>
    private static readonly TimeSpan Margin = CapacityTokens.Skew;

    private static readonly LuaScript LeaseScript = new("lease"), UnleaseScript = new("unlease"), SettleScript = new("settle");

    /// <summary>Tests put a script without its guard here, to see that they then fail.</summary>
    internal LuaScript Lease { get; init; } = LeaseScript;

    internal LuaScript Settle { get; init; } = SettleScript;

    internal LuaScript Unlease { get; init; } = UnleaseScript;

    /// <summary>Tests let others act here, after a lease was looked at and before that is written down.</summary>
    internal Func<Task> BetweenLookAndSettle { get; set; } = () => Task.CompletedTask;

    /// <summary>Gives back what is left of leases that are over, and asks how many units are left.</summary>
    internal async Task RefreshAsync(CapacityPool pool, CancellationToken cancellationToken)
    {
        await CloseAsync(pool, time.GetTimestamp(), 0, cancellationToken).ConfigureAwait(false);
        (_, DateTimeOffset now, IReadOnlyList<OpenLease> due) = await AskAsync(pool, 0, cancellationToken).ConfigureAwait(false);
        foreach (OpenLease lease in due.Take(MaxSettledAtOnce)) await SettleAsync(pool, lease, now, cancellationToken).ConfigureAwait(false);
        long asked = pool.Wait?.Units ?? 1;
        if (pool.Left < asked) await ForeseeAsync(pool, asked, now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Units of a reservation that was released now come back at once. Once: if that fails, they come back when the reservation would
    /// have expired, and the release, which was asked for, holds.
    /// </summary>
    /// <param name="held">'lease units ...', as release.lua answers.</param>
    internal async Task ReleaseAsync(string held, CancellationToken cancellationToken)
    {
        string[] words = held.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            (string key, string number) = PartitionKeys.CapacityOf(words[i]);
            try
            {
                await UnleaseAsync(key, number, words[i + 1], cancellationToken).ConfigureAwait(false);
            }
            catch (StoreUnavailableException)
            {
                // As said above.
            }
        }
    }

    /// <summary>Closes leases of this node and gives back what is left of them.</summary>
    /// <param name="now">Those that are over by then.</param>
    /// <param name="needed">And those that have fewer units than this.</param>
    internal async Task CloseAsync(CapacityPool pool, long now, long needed, CancellationToken cancellationToken)
    {
        // Closed before they are told of: a call that fails is not repeated, and what it was about comes back when they are settled.
        foreach ((long number, long units) in pool.Close(now, needed))
            if (units > 0) await UnleaseAsync(pool.Key, number, units, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False when there are not so many units; then it is known when there are.</summary>
    internal async Task<bool> LeaseAsync(CapacityPool pool, long units, CancellationToken cancellationToken)
    {
        await CloseAsync(pool, time.GetTimestamp(), units, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            (bool isGranted, DateTimeOffset now, IReadOnlyList<OpenLease> due) = await AskAsync(pool, units, cancellationToken)
                .ConfigureAwait(false);
            if (isGranted)
            {
                pool.Wait = null;
                return true;
            }

            if (due.Count == 0)
            {
                await ForeseeAsync(pool, Math.Max(units, pool.Wait?.Units ?? 0), now, cancellationToken).ConfigureAwait(false);
                return false;
            }

            // A lease that was looked at is gone, or over for now: this ends.
            foreach (OpenLease lease in due.Take(MaxSettledAtOnce)) await SettleAsync(pool, lease, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether there is a new lease; the clock of Redis; and leases of which something may have come back.</returns>
    private async Task<(bool IsGranted, DateTimeOffset Now, IReadOnlyList<OpenLease> Due)> AskAsync(
        CapacityPool pool, long units, CancellationToken cancellationToken)
    {
        // From before the call on, so that the lease ends here before it ends there.
        long usableUntil = time.GetTimestamp() + (long)(LeaseLength.TotalSeconds * time.TimestampFrequency);
        RedisValue[] values =
        [
            units, pool.Limit, CapTime.ToMicros(options.ClockOffset), CapTime.ToMicros(LeaseLength), CapTime.ToMicros(Margin),
            (long)CapacityKeys.Retention.TotalMilliseconds,
        ];
        var answer = (RedisResult[])(await Guarded(
            Lease.RunAsync(redis, [CapacityKeys.Units(pool.Key), CapacityKeys.Failed(pool.Key)], values), cancellationToken)
            .ConfigureAwait(false))!;
        long granted = (long)answer[0];
        if (granted > 0) pool.Add((long)answer[1], granted, (long)answer[2], usableUntil);
        pool.Left = (long)answer[3] + pool.Here;
        var due = new List<OpenLease>();
        for (int i = 5; i + 1 < answer.Length; i += 2) due.Add(OpenLease.Parse((string)answer[i]!, (string)answer[i + 1]!));
        return (granted > 0, CapTime.ToTime((long)answer[4]), due);
    }

    private async Task SettleAsync(CapacityPool pool, OpenLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        LeaseSpending found = await SpendingAsync(pool, lease, cancellationToken).ConfigureAwait(false);
        await BetweenLookAndSettle().ConfigureAwait(false);
        long open = found.OpenAt(now);
        long look = open == 0 ? 0 : CapTime.ToMicros(found.Open.First(reserved => reserved.Time > now).Time);
        await Guarded(
            Settle.RunAsync(redis, [CapacityKeys.Units(pool.Key)], [lease.Number, lease.Value, found.Spent, open, look]), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Works out when so many units come back, if nothing else happens: decisions say so, and nobody asks before.</summary>
    private async Task ForeseeAsync(CapacityPool pool, long units, DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashEntry[] fields = await Guarded(redis.HashGetAllAsync(CapacityKeys.Units(pool.Key)), cancellationToken).ConfigureAwait(false);
        OpenLease[] leases = [.. fields.Select(OpenLease.Of).OfType<OpenLease>().OrderBy(lease => lease.LookMicros).Take(MaxForeseen)];
        LeaseSpending[] spendings = await Task.WhenAll(leases.Select(lease => SpendingAsync(pool, lease, cancellationToken))).ConfigureAwait(false);
        long left = pool.Left;
        var returns = new List<CapacityReturn>();
        foreach (CapacityReturn back in leases.Zip(spendings).SelectMany(pair => pair.Second.Returns(pair.First, now)).OrderBy(r => r.Time))
        {
            if (left >= units) break;
            if (back.Units <= 0) continue;
            returns.Add(back);
            left += back.Units;
        }

        pool.Wait = new CapacityWait(units, returns);
    }

    private async Task<LeaseSpending> SpendingAsync(CapacityPool pool, OpenLease lease, CancellationToken cancellationToken)
    {
        RedisValue[][] held = await Guarded(
            Task.WhenAll(Enumerable.Range(0, partitionCount).Select(p => redis.HashValuesAsync(new PartitionKeys(p).Lease(pool.Key, lease.Number)))),
            cancellationToken).ConfigureAwait(false);
        return LeaseSpending.Of(held.SelectMany(values => values), Margin);
    }

    private Task UnleaseAsync(string key, RedisValue number, RedisValue units, CancellationToken cancellationToken) =>
        Guarded(Unlease.RunAsync(redis, [CapacityKeys.Units(key)], [number, units]), cancellationToken);

    private Task<T> Guarded<T>(Task<T> call, CancellationToken cancellationToken) =>
        RedisFaults.AwaitAsync(call, options.CommandTimeout, cancellationToken);
}
