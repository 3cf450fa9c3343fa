namespace WinBack.Core.Policy;

/// <summary>
/// What a frequency cap counts (rules C2). Whatever it is, a touch holds its place from its reservation on, so that the cap
/// cannot be exceeded while nothing is known yet; release and expiry give it back, and outcomes correct it afterwards.
/// </summary>
public enum CapUnit
{
    /// <summary>Touches that were decided on and not released: outcomes change nothing.</summary>
    Reserved,

    /// <summary>Touches that were sent: one that failed, and of which nothing shows that it was sent, gives its place back.</summary>
    Sent,

    /// <summary>Touches that arrived: one that failed gives its place back, unless something shows that it arrived.</summary>
    Delivered,

    /// <summary>
    /// Each time that a touch was seen, at its own time. Until then the touch holds one place; one that failed holds none.
    /// </summary>
    Impression,
}
