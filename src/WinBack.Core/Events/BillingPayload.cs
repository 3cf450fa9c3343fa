namespace WinBack.Core.Events;

/// <summary>Money moved or was meant to, or the plan changed.</summary>
/// <param name="AmountMicros">Not negative; in the currency of the fold.</param>
/// <param name="PlanPriceMicros">A month; null when the event does not say.</param>
public sealed record BillingPayload(
    BillingKind Kind,
    long AmountMicros,
    long ItemCount,
    string Category,
    string ItemId,
    string Plan,
    long? PlanPriceMicros) : EventPayload;
