namespace WinBack.Core.State;

/// <summary>
/// Facts of which the latest counts (last writer wins). The numbers are part of the state format. Text facts from
/// <see cref="Plan"/>, numbers from <see cref="PlanPriceMicros"/>, consent and address by channel from their bases.
/// </summary>
public enum Fact
{
    Plan = 0,
    CancelReasonText = 1,
    TimeZone = 2,
    Language = 3,
    AccountOwner = 4,
    Category = 5,
    LastPageViewed = 6,
    LastCategoryViewed = 7,
    LastCategoryBought = 8,
    LastItemBought = 9,

    /// <summary>The answer to the question why, in the customer's words (rules A5).</summary>
    AnswerText = 10,

    PlanPriceMicros = 16,
    CancelReason = 17,
    ValueTier = 18,
    LoyaltyPoints = 19,
    CartStatus = 20,
    CartValueMicros = 21,
    CartItems = 22,
    LastSatisfaction = 23,

    /// <summary>The latest of cancelled and not: a <see cref="Events.LifecycleKind"/>.</summary>
    Lifecycle = 24,

    /// <summary>The answer to the question why, as a code (rules A5): a <see cref="Events.LapseReason"/>.</summary>
    AnswerReason = 25,

    /// <summary>Plus the channel's number: a <see cref="Consent"/>.</summary>
    ConsentBase = 32,

    /// <summary>Plus the channel's number: an <see cref="AddressStatus"/>.</summary>
    AddressBase = 48,
}
