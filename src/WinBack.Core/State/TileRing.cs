using System.Numerics;

namespace WinBack.Core.State;

/// <summary>
/// The newest tiles of one span, sparse and sorted. A ring reaches back a fixed number of spans from the newest event
/// of the customer: a tile is kept exactly when it lies in that reach, whatever the order in which events came, so the
/// ring is a function of the set of events. Counters only grow and stop at <see cref="long.MaxValue"/>, so that adding
/// commutes even there.
/// </summary>
/// <remarks>
/// All values of all tiles lie in one array, in order, because states are read and written far more often than a tile
/// in the middle changes: a state is then a handful of arrays instead of one for every hour, day and week.
/// </remarks>
public sealed class TileRing
{
    private TileHead[] _heads = [];
    private long[] _values = [];
    private int _valueCount;

    /// <param name="span">Length of one tile.</param>
    /// <param name="reach">How many spans are kept, the newest included.</param>
    public TileRing(TimeSpan span, int reach)
    {
        SpanMs = (long)span.TotalMilliseconds;
        Reach = reach;
    }

    public long SpanMs { get; }

    public int Reach { get; }

    /// <summary>Tiles kept.</summary>
    public int Count { get; private set; }

    /// <summary>Oldest first.</summary>
    public Enumerator GetEnumerator() => new(this);

    public int IndexOf(long timeMs) => (int)(timeMs / SpanMs);

    /// <summary>Sums the tiles with first &lt;= index &lt;= last into <paramref name="sums"/>, by counter.</summary>
    public void Sum(int first, int last, Span<long> sums)
    {
        int end = _valueCount;
        for (int i = Count - 1; i >= 0 && _heads[i].Index >= first; i--)
        {
            int start = end - BitOperations.PopCount(_heads[i].Mask);
            if (_heads[i].Index <= last) AddTo(sums, _heads[i].Mask, _values.AsSpan(start));
            end = start;
        }
    }

    /// <summary>Adds at a time that lies in reach of <paramref name="newestMs"/>; else does nothing.</summary>
    /// <param name="amount">Not negative; 0 leaves no trace.</param>
    internal void Add(long timeMs, long newestMs, TileCounter counter, long amount)
    {
        int index = IndexOf(timeMs);
        if (amount == 0 || index <= IndexOf(newestMs) - Reach) return;
        int at = Count, end = _valueCount;
        while (at > 0 && _heads[at - 1].Index > index) end -= BitOperations.PopCount(_heads[--at].Mask);
        if (at == 0 || _heads[at - 1].Index != index) InsertHead(at++, new TileHead(index, 0));
        ref TileHead head = ref _heads[at - 1];
        uint bit = 1u << (int)counter;
        int position = end - BitOperations.PopCount(head.Mask) + BitOperations.PopCount(head.Mask & (bit - 1));
        if ((head.Mask & bit) == 0)
        {
            InsertValue(position);
            head = head with { Mask = head.Mask | bit };
        }

        _values[position] = Saturate(_values[position], amount);
    }

    /// <summary>Drops what the newest event has put out of reach.</summary>
    internal void Trim(long newestMs)
    {
        int oldest = IndexOf(newestMs) - Reach + 1;
        int drop = 0, dropValues = 0;
        while (drop < Count && _heads[drop].Index < oldest) dropValues += BitOperations.PopCount(_heads[drop++].Mask);
        if (drop == 0) return;
        _heads.AsSpan(drop, Count - drop).CopyTo(_heads);
        _values.AsSpan(dropValues, _valueCount - dropValues).CopyTo(_values);
        Count -= drop;
        _valueCount -= dropValues;
    }

    internal void Clear() => Count = _valueCount = 0;

    /// <summary>Appends a tile.</summary>
    /// <returns>Its values, one for each bit of the mask, for the caller to fill.</returns>
    internal Span<long> Append(int index, uint mask)
    {
        if (Count == _heads.Length) Array.Resize(ref _heads, Math.Max(4, Count * 2));
        _heads[Count++] = new TileHead(index, mask);
        int values = BitOperations.PopCount(mask);
        if (_valueCount + values > _values.Length) Array.Resize(ref _values, Math.Max(_valueCount + values, _values.Length * 2));
        _valueCount += values;
        return _values.AsSpan(_valueCount - values, values);
    }

    private static void AddTo(Span<long> sums, uint mask, ReadOnlySpan<long> values)
    {
        int position = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            ref long sum = ref sums[BitOperations.TrailingZeroCount(rest)];
            sum = Saturate(sum, values[position++]);
        }
    }

    private static long Saturate(long sum, long amount)
    {
        long next = unchecked(sum + amount);
        return next < 0 ? long.MaxValue : next;
    }

    private void InsertHead(int at, TileHead head)
    {
        if (Count == _heads.Length) Array.Resize(ref _heads, Math.Max(4, Count * 2));
        _heads.AsSpan(at, Count - at).CopyTo(_heads.AsSpan(at + 1));
        _heads[at] = head;
        Count++;
    }

    private void InsertValue(int at)
    {
        if (_valueCount == _values.Length) Array.Resize(ref _values, Math.Max(4, _valueCount * 2));
        _values.AsSpan(at, _valueCount - at).CopyTo(_values.AsSpan(at + 1));
        _values[at] = 0;
        _valueCount++;
    }

    /// <summary>Goes through the tiles of a ring; the ring must not change meanwhile.</summary>
    public struct Enumerator
    {
        private readonly TileRing _ring;
        private int _at;
        private int _end;

        internal Enumerator(TileRing ring)
        {
            _ring = ring;
            _at = -1;
        }

        public readonly Tile Current
        {
            get
            {
                TileHead head = _ring._heads[_at];
                return new Tile(head.Index, head.Mask, _ring._values, _end - BitOperations.PopCount(head.Mask));
            }
        }

        public bool MoveNext()
        {
            if (++_at >= _ring.Count) return false;
            _end += BitOperations.PopCount(_ring._heads[_at].Mask);
            return true;
        }
    }

    private readonly record struct TileHead(int Index, uint Mask);
}
