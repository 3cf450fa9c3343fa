namespace WinBack.Core.Events;

/// <summary>
/// The topics that carry events, by role; their names are configuration. Offsets order records within a stream only,
/// so whatever the fold does by arrival (duplicates, lateness) it does per stream: then the order in which a worker
/// happens to mix the streams cannot change the state. The numbers are part of the state and watermark formats.
/// </summary>
public enum EventStream
{
    Usage = 0,
    Login = 1,
    Billing = 2,
    Engagement = 3,
    Outcome = 4,
}
