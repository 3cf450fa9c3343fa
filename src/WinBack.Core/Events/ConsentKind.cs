namespace WinBack.Core.Events;

/// <summary>What changed about a channel; numbers equal those of the proto.</summary>
public enum ConsentKind
{
    Granted = 1,
    Withdrawn = 2,
    Complaint = 3,
    AddressReachable = 4,
    AddressBounced = 5,
}
