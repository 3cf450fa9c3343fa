namespace WinBack.Core.Policy.Capacities;

/// <summary>Units of a scarce capacity that come back by themselves, if nothing else happens.</summary>
/// <param name="Time">From this instant (UTC) on they can be had again.</param>
/// <param name="Units">Touches, or micros of the currency.</param>
public readonly record struct CapacityReturn(DateTimeOffset Time, long Units);
