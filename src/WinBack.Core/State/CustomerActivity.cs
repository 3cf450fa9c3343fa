using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>
/// Which events are activity, that is, done of a customer's own will, and so answer the question whether a customer has
/// fallen silent. The fold writes <see cref="Instant.LastActivity"/> of the same ones, which a test holds to this.
/// </summary>
public static class CustomerActivity
{
    public static bool Is(EventPayload payload) => payload switch
    {
        UsagePayload or LoginPayload or ViewedPayload => true,
        BillingPayload billing => billing.Kind == BillingKind.Purchase,
        CartPayload cart => cart.Status != CartStatus.Abandoned,
        SupportCasePayload support => !support.IsClosed,
        LifecyclePayload lifecycle => lifecycle.Kind == LifecycleKind.Reactivated,
        OutcomePayload outcome => outcome.Kind is OutcomeKind.Clicked or OutcomeKind.Replied,
        _ => false,
    };
}
