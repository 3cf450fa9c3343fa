namespace WinBack.Core.Policy.Exploration;

/// <summary>
/// How much chance there is in the choice among eligible actions (rules E4). Chance is the price of learning: what is never
/// tried is never known, and a log without chance says nothing about another policy. What the rules turn down, and what is
/// not expected to bring more than it costs, is never tried.
/// </summary>
public sealed class ExplorationConfig
{
    /// <summary>off or thompson. Default off.</summary>
    public string Method { get; set; } = "off";

    /// <summary>Least probability of each eligible action. 0 to 0.2; default 0.02. With many actions, at most an equal share of a half.</summary>
    public double Floor { get; set; } = 0.02;

    /// <summary>Least probability of sending nothing although something is eligible. 0 to 0.5; default 0.01.</summary>
    public double NothingFloor { get; set; } = 0.01;

    /// <summary>When chance said nothing, the answer names this much later as the next time to ask. 1 hour to 30 days; default 1 day.</summary>
    public TimeSpan NothingRest { get; set; } = TimeSpan.FromDays(1);
}
