namespace WinBack.Core.State;

/// <summary>Instants kept per customer: the first or the latest of something. The numbers are part of the state format.</summary>
public enum Instant
{
    FirstEvent = 0,
    LastEvent = 1,

    /// <summary>The latest thing that the customer did of its own will; see <see cref="CustomerFold"/> for which count.</summary>
    LastActivity = 2,
    LastLogin = 3,
    LastUse = 4,
    FirstPurchase = 5,
    LastPurchase = 6,
    LastPayment = 7,
    LastRefund = 8,
    LastFailedPayment = 9,
    LastView = 10,
    LastCart = 11,
    LastSupportOpened = 12,
    LastSupportClosed = 13,
    LastSent = 14,
    LastResponse = 15,
    SignedUp = 16,
    TrialStarted = 17,
    LastCancelled = 18,
    LastReactivated = 19,

    /// <summary>Latest activity that ends a win-back sequence (rules S3): reactivation, purchase or login.</summary>
    LastReengaged = 20,
}
