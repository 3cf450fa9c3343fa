using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Testing.Oracles;

/// <summary>The events of one customer on one stream, each judged by all that arrived before it.</summary>
internal sealed class NaiveArrivals
{
    private readonly List<NaiveEvent> _folded = [];
    private readonly List<(NaiveEvent, FoldOutcome)> _outcomes = [];

    internal NaiveArrivals(EventStream stream, IEnumerable<NaiveEvent> inOrder, FoldOptions options)
    {
        Stream = stream;
        var arrived = new List<NaiveEvent>();
        long floorOfLimit = long.MinValue;
        foreach (NaiveEvent e in inOrder)
        {
            arrived.Add(e);
            LatestIngestMs = arrived.Max(a => a.IngestMs);
            FloorMs = Math.Max(floorOfLimit, LatestIngestMs - (long)options.Horizon.TotalMilliseconds);
            FoldOutcome outcome = Judge(e);
            _outcomes.Add((e, outcome));
            if (outcome != FoldOutcome.Folded && !(outcome == FoldOutcome.Late && e.IsErasureOrPermission)) continue;
            _folded.Add(e);
            NaiveEvent[] kept = [.. Remembered];
            if (kept.Length <= options.MaxRecentIds) continue;
            floorOfLimit = kept.Min(k => k.TimeMs) + 1;
            FloorMs = Math.Max(FloorMs, floorOfLimit);
        }
    }

    internal EventStream Stream { get; }

    internal long LatestIngestMs { get; private set; }

    internal long FloorMs { get; private set; }

    /// <summary>All that is in the state, in order; with it what is obeyed although it is late.</summary>
    internal IEnumerable<NaiveEvent> Folded => _folded;

    internal IEnumerable<(NaiveEvent Event, FoldOutcome Outcome)> Outcomes => _outcomes;

    /// <summary>The folded events whose ids are still known.</summary>
    internal IEnumerable<NaiveEvent> Remembered => _folded.Where(f => f.TimeMs >= FloorMs);

    private FoldOutcome Judge(NaiveEvent e)
    {
        if (e.TimeMs < FloorMs) return FoldOutcome.Late;
        return Remembered.Any(r => r.Message.EventId == e.Message.EventId) ? FoldOutcome.Duplicate : FoldOutcome.Folded;
    }
}
