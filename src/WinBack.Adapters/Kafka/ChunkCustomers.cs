using WinBack.Adapters.Redis;
using WinBack.Core.State;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// The customers of one chunk by number, in the order in which they first came, with their states decoded. The decoded states
/// are kept and read into again, chunk after chunk: they stay in the processor's caches and cost no memory anew.
/// </summary>
internal sealed class ChunkCustomers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<CustomerState> _states = [];
    private readonly List<bool> _changed = [];
    private readonly StateCodec _codec = new();

    internal IReadOnlyList<string> Names => _names;

    internal void Clear()
    {
        _numbers.Clear();
        _names.Clear();
        _changed.Clear();
    }

    /// <returns>The customer's number; the same for every record of the chunk.</returns>
    internal int Add(string name)
    {
        if (!_numbers.TryAdd(name, _names.Count)) return _numbers[name];
        _names.Add(name);
        _changed.Add(false);
        return _names.Count - 1;
    }

    /// <summary>Decodes all of them.</summary>
    /// <param name="states">Holds all of them.</param>
    internal void Open(StateCache states)
    {
        while (_states.Count < _names.Count) _states.Add(new CustomerState());
        for (int i = 0; i < _names.Count; i++) _codec.Decode(states[_names[i]], _states[i]);
    }

    internal CustomerState StateOf(int number) => _states[number];

    internal void Changed(int number) => _changed[number] = true;

    /// <summary>Encodes those that changed, for Redis and for the chunks to come.</summary>
    internal void Write(StateChunk chunk, StateCache states)
    {
        for (int i = 0; i < _names.Count; i++)
        {
            if (!_changed[i]) continue;
            byte[] blob = _codec.Encode(_states[i]).ToArray();
            chunk.Put(_names[i], blob);
            states[_names[i]] = blob;
        }
    }
}
