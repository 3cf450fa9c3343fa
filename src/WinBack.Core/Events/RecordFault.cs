namespace WinBack.Core.Events;

/// <summary>Why a record cannot be folded. Each is the `winback-reason` header of a dead letter.</summary>
public enum RecordFault
{
    None = 0,

    /// <summary>The record has no value (a Kafka tombstone).</summary>
    EmptyValue,

    /// <summary>The content-type header names a format that is not read here.</summary>
    UnknownContentType,

    /// <summary>The value is not a CustomerEvent in the format that the header names.</summary>
    Undecodable,

    /// <summary>A field is missing or out of range; the detail names it.</summary>
    InvalidField,

    /// <summary>The record key is missing or differs from customer_id.</summary>
    KeyMismatch,

    /// <summary>The record lies on another partition than murmur2 of its key gives: the producer hashes differently.</summary>
    WrongPartition,

    /// <summary>The record carries no time stamp, so lateness cannot be told.</summary>
    NoTimestamp,

    /// <summary>Event time is further ahead of the record time stamp than clocks may differ: quarantined.</summary>
    FutureEvent,
}
