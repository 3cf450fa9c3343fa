namespace WinBack.Core.Policy.Capacities;

/// <summary>What a capacity counts.</summary>
public enum CapacityUnit
{
    Touches = 1,

    /// <summary>What the offer costs if it is taken, in micros of the currency.</summary>
    OfferCost = 2,
}
