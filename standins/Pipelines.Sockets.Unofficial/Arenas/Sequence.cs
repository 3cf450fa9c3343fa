namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// A <see cref="Sequence{T}"/> that does not name its item type. StackExchange.Redis keeps one inside its item type
/// itself, so this struct must hold an <see cref="Array"/>: a field of the item type would make the two infinitely large.
/// </summary>
public readonly struct Sequence
{
    private readonly Array? _items;
    private readonly int _start;
    private readonly int _length;

    internal Sequence(Array? items, int start, int length)
    {
        _items = items;
        _start = start;
        _length = length;
    }

    /// <summary>Number of items.</summary>
    public long Length => _length;

    /// <summary>The same items under their type.</summary>
    /// <exception cref="InvalidCastException">The items are of another type.</exception>
    public Sequence<T> Cast<T>() => new((T[]?)_items, _start, _length);
}
