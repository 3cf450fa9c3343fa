namespace WinBack.Core.Events;

/// <summary>One Kafka record after decoding: an event, or the fault that makes it a dead letter.</summary>
/// <param name="IngestTime">
/// The record time stamp (UTC). Lateness is judged by it and not by a clock, so that a replay judges alike.
/// </param>
/// <param name="Event">Null exactly when <paramref name="Fault"/> is set.</param>
/// <param name="FaultDetail">Names the field and the fix; empty without a fault.</param>
public readonly record struct EventRecord(
    EventStream Stream,
    int Partition,
    long Offset,
    DateTimeOffset IngestTime,
    CustomerEvent? Event,
    RecordFault Fault = RecordFault.None,
    string FaultDetail = "");
