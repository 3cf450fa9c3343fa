namespace WinBack.Core.State;

/// <summary>What a tile counts. The numbers are part of the state format; at most 32 fit.</summary>
public enum TileCounter
{
    Logins = 0,
    Uses = 1,
    UsageSeconds = 2,
    UsageErrors = 3,
    Purchases = 4,
    PurchaseMicros = 5,
    Payments = 6,
    PaymentMicros = 7,
    Refunds = 8,
    RefundMicros = 9,
    FailedPayments = 10,
    ItemsBought = 11,
    Views = 12,
    CartUpdates = 13,
    CartAbandons = 14,
    SupportOpened = 15,
    SupportClosed = 16,
    Sent = 17,
    Opened = 18,
    Clicked = 19,
    Converted = 20,
    Declined = 21,
    ConvertedMicros = 22,
}
