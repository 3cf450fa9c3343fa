namespace WinBack.Core.Policy.Capacities;

/// <summary>No unit was to be had for a candidate.</summary>
/// <param name="Key">Of <see cref="CapacityUse.Key"/>.</param>
/// <param name="Left">Units that were left: too few.</param>
public sealed record CapacityShortage(string Action, string Key, long Left);
