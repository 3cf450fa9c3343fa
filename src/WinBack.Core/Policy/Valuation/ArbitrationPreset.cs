namespace WinBack.Core.Policy.Valuation;

/// <summary>What eligible actions are ranked by.</summary>
public enum ArbitrationPreset
{
    /// <summary>((return with contact - return without) x value - costs) x context x lever: rule V1, weighted.</summary>
    IncrementalValue,

    /// <summary>Propensity x context x value x lever, the arbitration of Pega: return with contact, whoever would have come anyway.</summary>
    Pcvl,
}
