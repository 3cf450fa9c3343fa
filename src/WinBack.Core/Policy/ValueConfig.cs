namespace WinBack.Core.Policy;

/// <summary>
/// What a customer who returns is worth in a year (rules V1, L3): order value x orders per year + 12 x monthly price,
/// times margin, kept between floor and ceiling. Amounts are in units of the playbook's currency.
/// </summary>
public sealed class ValueConfig
{
    /// <summary>Name of the feature that holds the value of one order; empty when there are no orders.</summary>
    public string OrderValue { get; set; } = "";

    /// <summary>Name of the feature that holds the orders of a year.</summary>
    public string OrdersPerYear { get; set; } = "";

    /// <summary>Name of the feature that holds the monthly price; empty without subscriptions.</summary>
    public string MonthlyPrice { get; set; } = "";

    /// <summary>Share of revenue that is left after goods and cost to serve. Above 0, at most 1; default 0.4.</summary>
    public double Margin { get; set; } = 0.4;

    /// <summary>Least yearly value; also what holds when the features are missing. Default 10.</summary>
    public decimal Floor { get; set; } = 10m;

    /// <summary>Greatest yearly value, so that one outlier does not rule everything. Default 5,000.</summary>
    public decimal Ceiling { get; set; } = 5_000m;

    /// <summary>Yearly value from which a customer is of the middle tier, when the profile does not say. Default 150.</summary>
    public decimal MidTierFrom { get; set; } = 150m;

    /// <summary>Yearly value from which a customer is of the high tier. Default 600.</summary>
    public decimal HighTierFrom { get; set; } = 600m;

    /// <summary>What it costs to lose the permission to write to a customer. Default 5.</summary>
    public decimal UnsubscribeCost { get; set; } = 5m;

    /// <summary>Offers that pay back later are refused (rules V2). 1 to 36 months; default 9.</summary>
    public double MaxPaybackMonths { get; set; } = 9;
}
