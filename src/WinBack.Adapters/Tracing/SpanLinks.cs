using System.Diagnostics;
using Confluent.Kafka;

namespace WinBack.Adapters.Tracing;

/// <summary>The recorded spans that sent the records of one chunk, each once, up to a bound; kept and filled again.</summary>
internal sealed class SpanLinks
{
    /// <summary>A chunk has up to 1,024 records; a trace that links to all of their senders says no more than one with these.</summary>
    internal const int Most = 32;

    private readonly List<ActivityLink> _links = [];
    private readonly HashSet<ActivitySpanId> _known = [];
    private bool _areMore;

    /// <summary>Null when there are none, as the tracing API wants it.</summary>
    internal IReadOnlyList<ActivityLink>? Links => _links.Count == 0 ? null : _links.ToArray();

    /// <summary>The sender of all records that were sent by a recorded span; default when there are none or several.</summary>
    internal ActivityContext OnlyOne => _links.Count == 1 && !_areMore ? _links[0].Context : default;

    internal void Clear()
    {
        _links.Clear();
        _known.Clear();
        _areMore = false;
    }

    internal void Add(Headers? headers)
    {
        if (headers is null || !TraceHeaders.TryRead(headers, out ActivityContext sender)) return;
        if ((sender.TraceFlags & ActivityTraceFlags.Recorded) == 0 || _known.Contains(sender.SpanId)) return;
        if (_links.Count == Most)
        {
            _areMore = true;
            return;
        }

        _known.Add(sender.SpanId);
        _links.Add(new ActivityLink(sender));
    }
}
