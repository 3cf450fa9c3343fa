namespace WinBack.Core.Policy.Capacities;

/// <summary>No unit was to be had for a candidate.</summary>
/// <param name="Key">Of <see cref="CapacityUse.Key"/>.</param>
/// <param name="Left">Units that were left: too few.</param>
/// <param name="BackTime">When enough come back by themselves (UTC), if nothing else happens; null for not in this period.</param>
public sealed record CapacityShortage(string Action, string Key, long Left, DateTimeOffset? BackTime = null);
