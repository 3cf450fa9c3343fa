namespace WinBack.Core.Policy.Reasons;

/// <summary>What a customer did that speaks for or against reasons (rules L1). Before the end: the cancellation, else the last activity.</summary>
public enum BehaviourClue
{
    /// <summary>The last activity was opening a support case.</summary>
    SupportCaseLast,

    /// <summary>A support case was rated 1 or 2 of 5 in the 90 days before the end, or after it.</summary>
    PoorSatisfaction,

    /// <summary>The latest rating of a support case, not older than that, was 4 or 5 of 5.</summary>
    GoodSatisfaction,

    /// <summary>A payment failed in the 45 days before the end, or after it, and none succeeded since.</summary>
    FailedPayment,

    /// <summary>The product was used once, and not in the 30 days before the cancellation.</summary>
    SilentBeforeCancelling,

    /// <summary>The product was used in the 3 days before the cancellation.</summary>
    UsedToTheEnd,

    /// <summary>In the 4 weeks before the end, uses a week fell below half of those of the 8 weeks before.</summary>
    FallingUse,

    /// <summary>In the 12 weeks before the end, one use of ten or more met an error.</summary>
    ErrorsMet,
}
