namespace WinBack.Core.State;

/// <summary>
/// Ids of the events of one stream inside the horizon, to drop duplicates. Kept per stream, because only within a
/// stream do offsets fix the order of arrival: so a replay that mixes the streams otherwise drops the same records.
/// An event below <see cref="FloorMs"/> is late, because its id would no longer be known.
/// </summary>
public sealed class RecentIds
{
    private long[] _times = [];
    private ulong[] _hashes = [];

    public int Count { get; private set; }

    /// <summary>Latest record time stamp of the stream for this customer; lateness never moves backwards.</summary>
    public long LatestIngestMs { get; private set; } = long.MinValue;

    /// <summary>Events with an earlier event time are late.</summary>
    public long FloorMs { get; private set; } = long.MinValue;

    public bool IsEmpty => LatestIngestMs == long.MinValue;

    internal ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    internal ReadOnlySpan<ulong> Hashes => _hashes.AsSpan(0, Count);

    internal bool Contains(ulong hash) => Hashes.Contains(hash);

    /// <summary>Moves time on to that of a record: raises the floor, and forgets the ids below it.</summary>
    internal void Advance(long ingestMs, long horizonMs)
    {
        if (ingestMs <= LatestIngestMs) return;
        LatestIngestMs = ingestMs;
        RaiseFloor(ingestMs - horizonMs);
    }

    /// <summary>
    /// Keeps an id. Past <paramref name="limit"/> ids the oldest instant is given up: the floor rises above it, so that
    /// nothing can be counted twice, at the price that stragglers from below go to the late topic.
    /// </summary>
    internal void Add(long timeMs, ulong hash, int limit)
    {
        int at = Count;
        while (at > 0 && (_times[at - 1] > timeMs || (_times[at - 1] == timeMs && _hashes[at - 1] > hash))) at--;
        InsertAt(at, timeMs, hash);
        if (Count > limit) RaiseFloor(_times[0] + 1);
    }

    /// <summary>Becomes what was stored; the caller fills times and hashes, both of <paramref name="count"/>.</summary>
    internal void Restore(long latestIngestMs, long floorMs, int count, out Span<long> times, out Span<ulong> hashes)
    {
        LatestIngestMs = latestIngestMs;
        FloorMs = floorMs;
        if (count > _times.Length)
        {
            _times = new long[count];
            _hashes = new ulong[count];
        }

        Count = count;
        times = _times.AsSpan(0, count);
        hashes = _hashes.AsSpan(0, count);
    }

    internal void Clear()
    {
        LatestIngestMs = FloorMs = long.MinValue;
        Count = 0;
    }

    private void RaiseFloor(long floorMs)
    {
        if (floorMs <= FloorMs) return;
        FloorMs = floorMs;
        int drop = 0;
        while (drop < Count && _times[drop] < floorMs) drop++;
        if (drop == 0) return;
        Count -= drop;
        Array.Copy(_times, drop, _times, 0, Count);
        Array.Copy(_hashes, drop, _hashes, 0, Count);
    }

    private void InsertAt(int at, long timeMs, ulong hash)
    {
        if (Count == _times.Length)
        {
            int size = Math.Max(4, Count * 2);
            Array.Resize(ref _times, size);
            Array.Resize(ref _hashes, size);
        }

        Array.Copy(_times, at, _times, at + 1, Count - at);
        Array.Copy(_hashes, at, _hashes, at + 1, Count - at);
        _times[at] = timeMs;
        _hashes[at] = hash;
        Count++;
    }
}
