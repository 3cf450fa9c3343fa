namespace WinBack.Adapters.Redis;

/// <summary>Units that one reservation may spend.</summary>
/// <param name="Key">Capacity and period.</param>
/// <param name="Lease">Number of the lease that they are of.</param>
/// <param name="ExpiryMicros">Of the lease, by the clock of Redis: a reservation at or after it is refused.</param>
internal sealed record CapacityGrant(string Key, long Lease, long Units, long ExpiryMicros);
