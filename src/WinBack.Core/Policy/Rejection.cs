using WinBack.Core.Events;

namespace WinBack.Core.Policy;

/// <summary>Why one action was turned down.</summary>
/// <param name="Rule">Id of the rule in shared vocabulary ("C1"), or the cap's name.</param>
/// <param name="Observed">What was seen, with its unit.</param>
/// <param name="Threshold">What would have passed, with its unit.</param>
/// <param name="EligibleTime">The instant (UTC) from which this rule passes by time alone; null when it never does.</param>
public sealed record Rejection(
    string Action,
    Channel Channel,
    EligibilityStage Stage,
    string Rule,
    string Observed,
    string Threshold,
    DateTimeOffset? EligibleTime);
