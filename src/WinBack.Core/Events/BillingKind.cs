namespace WinBack.Core.Events;

/// <summary>What kind of billing event; numbers equal those of the proto.</summary>
public enum BillingKind
{
    Payment = 1,
    Purchase = 2,
    Refund = 3,
    FailedPayment = 4,
    PlanChange = 5,
}
