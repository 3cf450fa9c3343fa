namespace WinBack.Cli.PolicyLogs;

/// <summary>What counts as the reward of a decision.</summary>
internal enum RewardKind
{
    /// <summary>1 when it was followed by a conversion, else 0.</summary>
    Returns,

    /// <summary>Revenue of its conversions, in units of the currency.</summary>
    Revenue,
}
