using System.Diagnostics;
using System.Globalization;

namespace WinBack.Adapters.Tracing;

/// <summary>
/// Every span that WinBack makes itself, with names and attributes after OpenTelemetry's semantic conventions. Calls that come
/// in are the server's own spans. No attribute holds a customer, a key or a value.
/// </summary>
/// <remarks>
/// While nobody listens each start answers null at once, without an allocation. Spans of Redis are made inside of recorded
/// spans only: what loops ask on their own tells nothing about a request.
/// </remarks>
public static class Spans
{
    public const string SourceName = "WinBack";

    private const string Kafka = "kafka";
    private const string Redis = "redis";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody listens: else nothing need be got ready for a span.</summary>
    public static bool AreWanted => Source.HasListeners();

    /// <summary>A command of the command line, as a part of the trace that its caller names in TRACEPARENT; else none.</summary>
    public static Activity? StartCommand(string name, string? traceParent) =>
        AreWanted && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out ActivityContext caller)
            ? Source.StartActivity(name, ActivityKind.Internal, caller)
            : null;

    /// <summary>One record on its way to a topic; end it with <see cref="EndSend"/>.</summary>
    /// <param name="parent">default for the span that is current.</param>
    internal static Activity? StartSend(string topic, ActivityContext parent = default)
    {
        if (!AreWanted) return null;
        Activity? span = Source.StartActivity("send " + topic, ActivityKind.Producer, parent);
        if (span is { IsAllDataRequested: true })
            span.SetTag("messaging.system", Kafka)
                .SetTag("messaging.operation.type", "send")
                .SetTag("messaging.operation.name", "send")
                .SetTag("messaging.destination.name", topic);
        return span;
    }

    /// <summary>Called on the thread of the client, whose own current span stays what it was.</summary>
    /// <param name="error">Null when the brokers have the record.</param>
    internal static void EndSend(Activity? span, int partition, long offset, string? error)
    {
        if (span is null) return;
        if (error is null)
            span.SetTag("messaging.destination.partition.id", partition.ToString(CultureInfo.InvariantCulture))
                .SetTag("messaging.kafka.offset", offset);
        else Fail(span, error);
        Activity? current = Activity.Current;
        span.Dispose();
        Activity.Current = ReferenceEquals(current, span) ? null : current;
    }

    /// <summary>
    /// One chunk of a partition, from its fold to its commit. A chunk whose recorded records were all sent by one span belongs to
    /// that span's trace; one of several is a trace of its own that links to them.
    /// </summary>
    internal static Activity? StartProcess(string group, int partition, int records, SpanLinks senders)
    {
        if (!AreWanted) return null;
        Activity? span = Source.StartActivity(ActivityKind.Consumer, senders.OnlyOne, tags: null, senders.Links, name: "process");
        if (span is { IsAllDataRequested: true })
            span.SetTag("messaging.system", Kafka)
                .SetTag("messaging.operation.type", "process")
                .SetTag("messaging.operation.name", "process")
                .SetTag("messaging.consumer.group.name", group)
                .SetTag("messaging.destination.partition.id", partition.ToString(CultureInfo.InvariantCulture))
                .SetTag("messaging.batch.message_count", records);
        return span;
    }

    /// <summary>One decision: a call may ask for many.</summary>
    public static Activity? StartDecide() => AreWanted ? Source.StartActivity("decide") : null;

    /// <summary>One script of Redis, by its name in this program.</summary>
    internal static Activity? StartScript(string script) => StartRedis("EVALSHA", script)?.SetTag("db.stored_procedure.name", script);

    /// <summary>Commands of Redis that are sent together.</summary>
    internal static Activity? StartCommands(string operation, int count) =>
        StartRedis(operation, target: null)?.SetTag("db.operation.batch.size", count);

    /// <summary>The span failed, for a reason from a closed set: the name of a status or of a type.</summary>
    public static void Fail(Activity? span, string errorType) =>
        span?.SetTag("error.type", errorType).SetStatus(ActivityStatusCode.Error);

    /// <summary>What is done now follows from what another trace did.</summary>
    internal static void LinkCurrent(string? traceParent)
    {
        if (AreWanted && Activity.Current is { Recorded: true } span
            && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out ActivityContext other))
            span.AddLink(new ActivityLink(other));
    }

    /// <summary>The span that is current as W3C writes it, when it is recorded; else "".</summary>
    internal static string CurrentTraceParent => AreWanted && Activity.Current is { Recorded: true, Id: { } id } ? id : "";

    private static Activity? StartRedis(string operation, string? target)
    {
        if (!AreWanted || Activity.Current is not { Recorded: true }) return null;
        return Source.StartActivity(target is null ? operation : $"{operation} {target}", ActivityKind.Client)?
            .SetTag("db.system.name", Redis)
            .SetTag("db.operation.name", operation);
    }
}
