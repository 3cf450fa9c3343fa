using WinBack.Core.Events;

namespace WinBack.Core.Experiments;

/// <summary>Which events are a success of a customer, whatever experiments it is in.</summary>
public static class SuccessEvents
{
    /// <summary>Null for an event that is none.</summary>
    public static SuccessKind? Of(EventPayload payload) => payload switch
    {
        LoginPayload => SuccessKind.Returned,
        BillingPayload { Kind: BillingKind.Purchase } => SuccessKind.Returned,
        LifecyclePayload { Kind: LifecycleKind.Reactivated } => SuccessKind.Returned,
        OutcomePayload { Kind: OutcomeKind.Opened } => SuccessKind.Opened,
        OutcomePayload { Kind: OutcomeKind.Clicked } => SuccessKind.Clicked,
        OutcomePayload { Kind: OutcomeKind.Replied } => SuccessKind.Replied,
        OutcomePayload { Kind: OutcomeKind.Converted } => SuccessKind.Converted,
        _ => null,
    };
}
