namespace WinBack.Core.Events;

/// <summary>A way to reach a customer. The numbers equal those of winback.v1.Channel and are part of the state format.</summary>
public enum Channel
{
    None = 0,
    Email = 1,
    Sms = 2,
    Push = 3,
    Call = 4,
    DirectMessage = 5,
    Print = 6,
    Advertisement = 7,
    InApp = 8,
}
