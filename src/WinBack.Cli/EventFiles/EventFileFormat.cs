namespace WinBack.Cli.EventFiles;

/// <summary>How events lie in a file; either may be compressed with gzip.</summary>
internal enum EventFileFormat
{
    /// <summary>Each CustomerEvent as protobuf, with its length before it as a varint. Usual name: <c>.events</c>.</summary>
    Protobuf,

    /// <summary>One CustomerEvent as JSON on each line. Usual name: <c>.ndjson</c>.</summary>
    Json,
}
