namespace WinBack.Core.Policy.Capacities;

/// <summary>What a node knew of a capacity when it decided; stored with the decision, which follows from it.</summary>
/// <param name="Key">Of <see cref="CapacityUse.Key"/>.</param>
/// <param name="Left">Units that are left of the period.</param>
/// <param name="Price">Micros of the currency that a unit must bring at least: see <see cref="OpportunityPrice"/>.</param>
public sealed record CapacityQuote(string Key, long Left, double Price);
