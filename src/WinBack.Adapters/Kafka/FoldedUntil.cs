using WinBack.Adapters.Redis;
using WinBack.Core.Events;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Until when a partition is folded: the instant at which the brokers were asked where its topics end, once the watermark is
/// there. Used by one thread.
/// </summary>
/// <remarks>
/// A watermark can stay short of an end for good: the markers of transactions have offsets and are no records. So a stream
/// also counts as folded when from one question to the next neither its end nor its watermark has moved: brokers that answer
/// would have given a record meanwhile.
/// </remarks>
internal sealed class FoldedUntil
{
    private DateTimeOffset _asked;
    private long[]? _ends;
    private long[]? _nexts;
    private long[]? _endsBefore;
    private long[]? _nextsBefore;

    /// <param name="asked">Before the brokers were asked (UTC).</param>
    /// <param name="ends">Shape [streams].</param>
    /// <param name="held">At the same time.</param>
    internal void Ask(DateTimeOffset asked, long[] ends, PartitionWatermark held)
    {
        (_endsBefore, _nextsBefore) = (_ends, _nexts);
        (_asked, _ends, _nexts) = (asked, ends, [.. EventStreams.All.Select(held.NextOffset)]);
    }

    /// <summary>What is known of another past or future of the partition says nothing of this one.</summary>
    internal void Clear() => (_ends, _nexts, _endsBefore, _nextsBefore) = (null, null, null, null);

    /// <summary>Null while something is missing that had arrived when the brokers were asked.</summary>
    internal DateTimeOffset? Of(PartitionWatermark held)
    {
        if (_ends is null) return null;
        foreach (EventStream stream in EventStreams.All)
            if (!IsFolded((int)stream, held.NextOffset(stream))) return null;
        return _asked;
    }

    private bool IsFolded(int stream, long next) => Math.Max(0, next) >= _ends![stream] || HasRested(stream, next);

    private bool HasRested(int stream, long next) =>
        _endsBefore is not null && _endsBefore[stream] == _ends![stream] && _nextsBefore![stream] == _nexts![stream] && _nexts[stream] == next;
}
