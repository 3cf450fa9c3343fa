using WinBack.Adapters.Redis;
using WinBack.Core.State;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Decoded states and counts of one partition. Right only for the epoch and watermark that their owner holds, so the
/// owner clears it whenever Redis shows another. Bounded by two generations: when the younger one has half of the states,
/// the older one, which nobody asked for meanwhile, goes. The counts start afresh at their bound.
/// </summary>
internal sealed class StateCache(PartitionStore store, int maxStates)
{
    private const int MaxDays = 100;
    private Dictionary<string, CustomerState> _states = new(StringComparer.Ordinal);
    private Dictionary<string, CustomerState> _older = new(StringComparer.Ordinal);
    private readonly Dictionary<DateOnly, OutcomeCounts> _counts = [];
    private readonly List<string> _missing = [];
    private readonly List<DateOnly> _missingDays = [];

    internal CustomerState this[string customer] => _states[customer];

    internal OutcomeCounts this[DateOnly day] => _counts[day];

    /// <summary>Makes sure that the states of all these customers and the counts of these days are here.</summary>
    /// <returns>
    /// The watermark that they are of. When it is not the one held, some belong to another past or future of the
    /// partition. The commit alone would not tell: Redis may be back at the watermark held by then.
    /// </returns>
    internal async Task<PartitionWatermark?> LoadAsync(
        IReadOnlyCollection<string> customers, IReadOnlyCollection<DateOnly> days, PartitionWatermark held)
    {
        if (_states.Count + customers.Count > maxStates / 2) Age();
        if (_counts.Count + days.Count > MaxDays) _counts.Clear();
        _missing.Clear();
        _missingDays.Clear();
        foreach (string customer in customers)
        {
            if (_states.ContainsKey(customer)) continue;
            if (_older.Remove(customer, out CustomerState? state)) _states.Add(customer, state);
            else _missing.Add(customer);
        }

        foreach (DateOnly day in days)
            if (!_counts.ContainsKey(day)) _missingDays.Add(day);
        if (_missing.Count == 0 && _missingDays.Count == 0) return held;
        PartitionContent found = await store.ReadAsync(_missing, _missingDays).ConfigureAwait(false);
        for (int i = 0; i < _missing.Count; i++)
            _states[_missing[i]] = found.Blobs[i] is { } blob ? StateCodec.Decode(blob) : new CustomerState();
        for (int i = 0; i < _missingDays.Count; i++) _counts[_missingDays[i]] = found.Counts[i];
        return found.Watermark;
    }

    internal void Clear()
    {
        _states.Clear();
        _older.Clear();
        _counts.Clear();
    }

    private void Age()
    {
        (_older, _states) = (_states, _older);
        _states.Clear();
        if (_older.Count > maxStates / 2) _older.Clear();
    }
}
