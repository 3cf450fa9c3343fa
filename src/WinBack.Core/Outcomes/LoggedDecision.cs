namespace WinBack.Core.Outcomes;

/// <summary>A decision of a log, what came of it, and what another policy would have done in its place (rules E4).</summary>
/// <param name="Customer">Decisions of one customer are not independent of each other; intervals count them as one.</param>
/// <param name="Segment">What the direct model tells customers apart by.</param>
/// <param name="Option">What was done: name of the action; "" for nothing.</param>
/// <param name="Probability">With which it was chosen. Above 0, at most 1.</param>
/// <param name="Reward">What came of it, in any unit.</param>
/// <param name="Options">
/// What the two policies would have done; targets add up to 1. An option that neither would have done may be left out.
/// </param>
public sealed record LoggedDecision(
    string Customer, string Segment, string Option, double Probability, double Reward, IReadOnlyList<OptionChance> Options);
