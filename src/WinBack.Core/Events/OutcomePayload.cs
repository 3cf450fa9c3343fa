namespace WinBack.Core.Events;

/// <summary>An outcome of a decision.</summary>
public sealed record OutcomePayload(
    string DecisionId, OutcomeKind Kind, Channel Channel, long RevenueMicros) : EventPayload
{
    /// <summary>With a reply: the answer to the question why, as a code; None when there is none (rules A5).</summary>
    public LapseReason Reason { get; init; }

    /// <summary>With a reply: the answer in the customer's words; "" when there are none.</summary>
    public string ReasonText { get; init; } = "";
}
