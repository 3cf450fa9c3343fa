using WinBack.Adapters.Redis;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// States and counts of one partition as Redis has them. Right only for the epoch and watermark that their owner holds, so
/// the owner clears it whenever Redis shows another. Bounded by two generations: when the younger one has half of the
/// states, the older one, which nobody asked for meanwhile, goes. The counts start afresh at their bound.
/// </summary>
/// <remarks>
/// States are kept as blobs and read again for every chunk: a decoded one is thirty objects, all cold in the processor's
/// caches when the customer's next event comes, and old ones that point to young ones for the garbage collector
/// (docs/PERFORMANCE.md has the figures).
/// </remarks>
internal sealed class StateCache(PartitionStore store, int maxStates)
{
    private const int MaxDays = 100;
    private Dictionary<string, byte[]?> _states = new(StringComparer.Ordinal);
    private Dictionary<string, byte[]?> _older = new(StringComparer.Ordinal);
    private readonly Dictionary<DateOnly, OutcomeCounts> _counts = [];
    private readonly List<string> _missing = [];
    private readonly List<DateOnly> _missingDays = [];

    /// <summary>Null when there is no state yet. A blob once set is never changed, only replaced.</summary>
    internal byte[]? this[string customer]
    {
        get => _states[customer];
        set => _states[customer] = value;
    }

    internal OutcomeCounts this[DateOnly day] => _counts[day];

    /// <summary>Makes sure that the states of all these customers and the counts of these days are here.</summary>
    /// <returns>
    /// The watermark that they are of. When it is not the one held, some belong to another past or future of the
    /// partition. The commit alone would not tell: Redis may be back at the watermark held by then.
    /// </returns>
    internal async Task<PartitionWatermark?> LoadAsync(
        IReadOnlyList<string> customers, IReadOnlyCollection<DateOnly> days, PartitionWatermark held)
    {
        FindMissing(customers, days);
        if (_missing.Count == 0 && _missingDays.Count == 0) return held;
        PartitionContent found = await store.ReadAsync(_missing, _missingDays).ConfigureAwait(false);
        for (int i = 0; i < _missing.Count; i++) _states[_missing[i]] = found.Blobs[i];
        for (int i = 0; i < _missingDays.Count; i++) _counts[_missingDays[i]] = found.Counts[i];
        return found.Watermark;
    }

    internal void Clear()
    {
        _states.Clear();
        _older.Clear();
        _counts.Clear();
    }

    private void FindMissing(IReadOnlyList<string> customers, IReadOnlyCollection<DateOnly> days)
    {
        if (_states.Count + customers.Count > maxStates / 2) Age();
        if (_counts.Count + days.Count > MaxDays) _counts.Clear();
        _missing.Clear();
        _missingDays.Clear();
        for (int i = 0; i < customers.Count; i++)
        {
            if (_states.ContainsKey(customers[i])) continue;
            if (_older.Remove(customers[i], out byte[]? state)) _states.Add(customers[i], state);
            else _missing.Add(customers[i]);
        }

        foreach (DateOnly day in days)
            if (!_counts.ContainsKey(day)) _missingDays.Add(day);
    }

    private void Age()
    {
        (_older, _states) = (_states, _older);
        _states.Clear();
        if (_older.Count > maxStates / 2) _older.Clear();
    }
}
