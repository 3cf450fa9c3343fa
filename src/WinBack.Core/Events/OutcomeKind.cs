namespace WinBack.Core.Events;

/// <summary>What became of a decision; numbers equal those of the proto.</summary>
public enum OutcomeKind
{
    Sent = 1,
    Delivered = 2,
    Impression = 3,
    Opened = 4,
    Clicked = 5,
    Replied = 6,
    Converted = 7,
    Declined = 8,
    Failed = 9,
    Unsubscribed = 10,

    /// <summary>The code of the offer was refused at its redemption (rules S7).</summary>
    CodeRefused = 11,
}
