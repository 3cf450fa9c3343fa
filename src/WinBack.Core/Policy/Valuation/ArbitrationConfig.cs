namespace WinBack.Core.Policy.Valuation;

/// <summary>
/// What eligible actions are ranked by (rules V1). The exponents weaken a factor (below 1), switch it off (0) or strengthen it.
/// Whatever they are, an action is only eligible while its expected net value is positive.
/// </summary>
public sealed class ArbitrationConfig
{
    /// <summary>
    /// incremental_value: (gain in return x value - costs) x context x lever. pcvl: propensity x context x value x lever. Default
    /// incremental_value.
    /// </summary>
    public string Preset { get; set; } = "incremental_value";

    /// <summary>Exponent of the gain in return, or of the propensity. 0 to 3; default 1.</summary>
    public double Propensity { get; set; } = 1;

    /// <summary>Exponent of the customer's value. 0 to 3; default 1.</summary>
    public double Value { get; set; } = 1;

    /// <summary>Exponent of the context weights. 0 to 3; default 1.</summary>
    public double Context { get; set; } = 1;

    /// <summary>Exponent of the levers. 0 to 3; default 1.</summary>
    public double Levers { get; set; } = 1;
}
