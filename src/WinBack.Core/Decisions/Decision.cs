using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions;

/// <summary>What is to be done with one customer, and from what that follows.</summary>
/// <param name="Plan">The evidence.</param>
/// <param name="Chosen">Null with <see cref="DecisionKind.NoAction"/>.</param>
/// <param name="Reasons">In words, most important first.</param>
/// <param name="CapClockTime">The instant (UTC) at which the caps were asked, by their own clock.</param>
/// <param name="ReservationExpireTime">Until when it can be confirmed; null when nothing was reserved.</param>
/// <param name="NextEligibleTime">
/// With no action: the first instant (UTC) at which a rule about time lets an action through; null when none does. Scores
/// and features are taken as they are now.
/// </param>
/// <param name="SelectionProbability">Probability with which this answer was chosen (rules E4).</param>
/// <param name="CapRejections">Candidates of the ranking that caps turned down.</param>
public sealed record Decision(
    DecisionPlan Plan,
    DecisionKind Kind,
    DecisionStatus Status,
    Candidate? Chosen,
    IReadOnlyList<string> Reasons,
    DateTimeOffset CapClockTime,
    DateTimeOffset? ReservationExpireTime,
    DateTimeOffset? NextEligibleTime,
    double SelectionProbability,
    IReadOnlyList<Rejection> CapRejections)
{
    /// <summary>Null for a preview.</summary>
    public DecisionId? Id => Plan.Id;

    public CustomerId Customer => Plan.Customer;

    /// <summary>Name of the action; "" for none.</summary>
    public string Action => Chosen?.Action ?? "";

    public Channel Channel => Chosen?.Channel ?? Channel.None;
}
