namespace WinBack.Core.Events;

/// <summary>Why a customer left (rules L1); numbers equal those of the proto.</summary>
public enum LapseReason
{
    None = 0,
    Price = 1,
    Neglect = 2,
    ProductFit = 3,
    SupportFriction = 4,
    Switching = 5,
    Unknown = 6,
}
