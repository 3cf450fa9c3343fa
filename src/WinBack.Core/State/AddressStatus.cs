namespace WinBack.Core.State;

/// <summary>Whether a channel's address works. A greater number wins when two came at the same instant.</summary>
public enum AddressStatus
{
    Unknown = 0,
    Reachable = 1,
    Bounced = 2,
}
