namespace WinBack.Core.Policy.Capacities;

/// <summary>What a decision asked of a capacity, whether it got it or not: what prices are learned from.</summary>
/// <param name="WorthPerUnit">Expected value over units, in micros; above 0.</param>
public sealed record CapacityAsk(string Pool, long Units, double WorthPerUnit);
