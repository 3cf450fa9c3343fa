namespace WinBack.Core.Policy;

/// <summary>What a frequency cap counts together.</summary>
public enum CapScope
{
    /// <summary>Every touch of the customer.</summary>
    Overall,

    /// <summary>Touches on one channel.</summary>
    Channel,

    /// <summary>Touches of one category: marketing or transactional.</summary>
    Category,

    /// <summary>Touches of one action.</summary>
    Action,
}
