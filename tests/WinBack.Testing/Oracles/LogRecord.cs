using WinBack.Core.Events;

namespace WinBack.Testing.Oracles;

/// <summary>
/// One record of a generated log. <see cref="Partition"/> and <see cref="Offset"/> are those it gets when the log is
/// produced in order to empty topics.
/// </summary>
/// <param name="ContentType">The content-type header; null for none, which stands for protobuf.</param>
/// <param name="Timestamp">The record's time stamp (CreateTime).</param>
public sealed record LogRecord(
    EventStream Stream,
    int Partition,
    long Offset,
    byte[]? Key,
    byte[]? Value,
    string? ContentType,
    DateTimeOffset Timestamp);
