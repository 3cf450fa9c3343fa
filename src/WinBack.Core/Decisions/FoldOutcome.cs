namespace WinBack.Core.Decisions;

/// <summary>What became of a record. Each is a counter, and their sum is the number of records read.</summary>
public enum FoldOutcome
{
    /// <summary>The event is in the state.</summary>
    Folded,

    /// <summary>The event id was folded before.</summary>
    Duplicate,

    /// <summary>
    /// Event time lies behind the horizon; the record goes to the late topic. A late erasure or change of permission
    /// is in the state nevertheless.
    /// </summary>
    Late,

    /// <summary>The record cannot be folded; it goes to the dead-letter topic with its fault.</summary>
    DeadLetter,

    /// <summary>The customer asked to be forgotten; nothing of the event is kept.</summary>
    Erased,

    /// <summary>A kind of event, or a value in it, that a newer producer knows and this binary does not.</summary>
    UnknownKind,
}
