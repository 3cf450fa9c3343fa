using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace WinBack.Adapters.Tracing;

/// <summary>
/// The trace of a record in its headers, as W3C Trace Context has them. Only recorded spans write it: for the others it would be
/// 66 bytes a record that say nothing.
/// </summary>
internal static class TraceHeaders
{
    internal const string TraceParent = "traceparent";
    internal const string TraceState = "tracestate";

    /// <summary>A header that is longer is none that the standard allows; not even looked at.</summary>
    private const int MostBytes = 512;

    /// <summary>Adds the span to a message that has no trace yet.</summary>
    internal static void Write(Message<byte[], byte[]> message, Activity? span)
    {
        if (span is not { Recorded: true, Id: { } id }) return;
        Headers headers = message.Headers ??= [];
        headers.Add(TraceParent, Encoding.ASCII.GetBytes(id));
        if (!string.IsNullOrEmpty(span.TraceStateString)) headers.Add(TraceState, Encoding.ASCII.GetBytes(span.TraceStateString));
    }

    /// <returns>False when there is no trace, or one that cannot be read: that is not a fault of the record.</returns>
    internal static bool TryRead(Headers headers, out ActivityContext context)
    {
        context = default;
        return Text(headers, TraceParent) is { } parent
            && ActivityContext.TryParse(parent, Text(headers, TraceState), isRemote: true, out context);
    }

    private static string? Text(Headers headers, string name) =>
        headers.TryGetLastBytes(name, out byte[]? bytes) && bytes is { Length: > 0 and <= MostBytes } ? Encoding.ASCII.GetString(bytes) : null;
}
