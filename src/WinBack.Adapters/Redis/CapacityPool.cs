namespace WinBack.Adapters.Redis;

/// <summary>
/// What this node has leased of one capacity and period. Every unit is handed out once: to a reservation, or back to the
/// capacity. Thread-safe.
/// </summary>
/// <param name="end">Of the period (UTC).</param>
internal sealed class CapacityPool(string key, long limit, DateTimeOffset end) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Lease> _leases = [];

    internal string Key => key;

    internal long Limit { get; } = limit;

    internal DateTimeOffset End => end;

    /// <summary>One lease is asked for at a time.</summary>
    internal SemaphoreSlim Asking { get; } = new(1, 1);

    /// <summary>Units left of the period when Redis was asked last, those here included; the limit before.</summary>
    internal long Left { get; set; } = limit;

    /// <summary>What was asked for in vain, and what will come back instead; null while nothing was.</summary>
    internal CapacityWait? Wait { get; set; }

    /// <summary>Units that are leased and not handed out.</summary>
    internal long Here
    {
        get
        {
            lock (_lock) return _leases.Sum(l => l.Units);
        }
    }

    /// <summary>Micros a unit; see OpportunityPrice.</summary>
    internal double Price { get; set; }

    /// <param name="expiryMicros">By the clock of Redis.</param>
    /// <param name="usableUntil">By this node's own clock, so that no two clocks are compared: before the lease expires.</param>
    internal void Add(long number, long units, long expiryMicros, long usableUntil)
    {
        lock (_lock) _leases.Add(new Lease(number, expiryMicros, usableUntil) { Units = units });
    }

    /// <summary>Null when no lease here has so many units.</summary>
    internal CapacityGrant? Take(long units, long now)
    {
        lock (_lock)
        {
            foreach (Lease lease in _leases)
            {
                if (lease.Units < units || lease.UsableUntil <= now) continue;
                lease.Units -= units;
                Left -= units;
                return new CapacityGrant(key, lease.Number, units, lease.ExpiryMicros);
            }
        }

        return null;
    }

    /// <summary>Takes units back that surely were not spent.</summary>
    internal void Return(CapacityGrant grant)
    {
        lock (_lock)
        {
            // A lease that is closed has given its rest back; these come back when it is settled.
            if (_leases.Find(l => l.Number == grant.Lease) is not { } lease) return;
            lease.Units += grant.Units;
            Left += grant.Units;
        }
    }

    /// <summary>Forgets a lease that Redis holds for expired; its units come back when it is settled.</summary>
    internal void Drop(long number)
    {
        lock (_lock) _leases.RemoveAll(l => l.Number == number);
    }

    /// <summary>Closes leases: number and unspent units of each, which are nobody's here from now on.</summary>
    /// <param name="now">Those that are over by then; <see cref="long.MaxValue"/> for all.</param>
    /// <param name="needed">And those that have fewer units than this, so that their rests do not lie about.</param>
    internal List<(long Number, long Units)> Close(long now, long needed)
    {
        lock (_lock)
        {
            List<(long, long)> closed = [.. _leases.Where(IsToClose).Select(l => (l.Number, l.Units))];
            _leases.RemoveAll(IsToClose);
            return closed;
        }

        bool IsToClose(Lease lease) => lease.UsableUntil <= now || lease.Units < needed;
    }

    public void Dispose() => Asking.Dispose();

    private sealed class Lease(long number, long expiryMicros, long usableUntil)
    {
        internal long Number => number;

        internal long ExpiryMicros => expiryMicros;

        internal long UsableUntil => usableUntil;

        internal long Units { get; set; }
    }
}
