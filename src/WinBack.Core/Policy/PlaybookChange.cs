namespace WinBack.Core.Policy;

/// <summary>What was done to the registry of playbooks.</summary>
public enum PlaybookChange
{
    /// <summary>A version was put in, unless it was there, and made the live one.</summary>
    Push = 1,

    /// <summary>The version that was live before was made the live one again.</summary>
    Rollback = 2,
}
