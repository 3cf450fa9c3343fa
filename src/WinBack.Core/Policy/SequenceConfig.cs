namespace WinBack.Core.Policy;

/// <summary>The shape of a sequence of win-back touches (rules S1, S2, S4). Counts marketing touches on all channels.</summary>
public sealed class SequenceConfig
{
    /// <summary>Touches in any window of <see cref="Days"/>. 1 to 20; default 5.</summary>
    public int MaxTouches { get; set; } = 5;

    /// <summary>Length of a sequence in days. 7 to 60; default 45.</summary>
    public int Days { get; set; } = 45;

    /// <summary>The first touch that may carry a discount. 2 to 5; default 2.</summary>
    public int DiscountFromTouch { get; set; } = 2;

    /// <summary>Days of rest after the customer came back in the middle of a sequence. 0 to 365; default 30.</summary>
    public int RestDays { get; set; } = 30;
}
