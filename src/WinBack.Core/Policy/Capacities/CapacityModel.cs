namespace WinBack.Core.Policy.Capacities;

/// <summary>A validated capacity. Fields mean what <see cref="CapacityConfig"/> says.</summary>
/// <param name="Limit">Touches, or micros of the currency.</param>
/// <param name="Period">Day, week or month.</param>
/// <param name="Concerns">By place in the playbook: the actions that take of it.</param>
public sealed record CapacityModel(
    string Name, CapacityUnit Unit, long Limit, CapacityScope Scope, CapPeriod Period, TimeZoneInfo Zone, IReadOnlyList<bool> Concerns);
