namespace WinBack.Core.State;

/// <summary>Permission for a channel. A greater number wins when two came at the same instant: withdrawal does.</summary>
public enum Consent
{
    Unknown = 0,
    Granted = 1,
    Withdrawn = 2,
}
