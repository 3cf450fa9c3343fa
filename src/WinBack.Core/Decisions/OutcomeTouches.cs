using WinBack.Core.Caps;
using WinBack.Core.Events;

namespace WinBack.Core.Decisions;

/// <summary>Outcome events as what they say of a touch.</summary>
public static class OutcomeTouches
{
    /// <summary>Null when the event says nothing of a touch, or names no decision of ours.</summary>
    public static TouchOutcome? Of(CustomerEvent e) =>
        e.Payload is OutcomePayload outcome && DecisionId.TryParse(outcome.DecisionId, out DecisionId id)
            ? TouchOutcome.Of(id.Request, e)
            : null;
}
