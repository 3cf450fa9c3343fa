namespace WinBack.Core.Events;

/// <summary>What became of a cart; numbers equal those of the proto.</summary>
public enum CartStatus
{
    None = 0,
    Updated = 1,
    Abandoned = 2,
    CheckedOut = 3,
}
