namespace WinBack.Core.Events;

/// <summary>How much a customer is worth (rules L3); numbers equal those of the proto.</summary>
public enum ValueTier
{
    None = 0,
    Low = 1,
    Mid = 2,
    High = 3,
}
