namespace WinBack.Core.Decisions;

/// <summary>What an event says about the response to a touch.</summary>
public enum ResponseNewsKind
{
    /// <summary>The touch was sent.</summary>
    Sent,

    /// <summary>The customer came back.</summary>
    Returned,

    /// <summary>The touch cost the permission.</summary>
    Unsubscribed,

    /// <summary>The customer is to be forgotten.</summary>
    Erased,
}
