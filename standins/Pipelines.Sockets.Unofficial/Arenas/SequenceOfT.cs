using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// Items handed out by an <see cref="Arena{T}"/>, valid until its next reset. Always one contiguous piece, although
/// the interface allows for several; members that return <c>ref T</c> must do exactly that, because the client was
/// compiled against those signatures.
/// </summary>
public readonly struct Sequence<T>
{
    private readonly T[]? _items;
    private readonly int _start;
    private readonly int _length;

    internal Sequence(T[]? items, int start, int length)
    {
        _items = items;
        _start = start;
        _length = length;
    }

    /// <summary>True when there are no items.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Always true: see the type.</summary>
    public bool IsSingleSegment => true;

    /// <summary>Number of items.</summary>
    public long Length => _length;

    /// <summary>All items.</summary>
    public Span<T> FirstSpan
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_items, _start, _length);
    }

    /// <summary>The contiguous pieces: one, or none when empty.</summary>
    public SpanEnumerable Spans => new(this);

    /// <summary>The item at a position, counted from 0.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the sequence.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref FirstSpan[index];
    }

    /// <summary>The same items without their type.</summary>
    public Sequence Untyped() => new(_items, _start, _length);

    /// <summary>Walks the items in order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks items by reference.</summary>
    public struct Enumerator
    {
        private readonly T[]? _items;
        private readonly int _end;
        private int _position;

        internal Enumerator(in Sequence<T> sequence)
        {
            _items = sequence._items;
            _position = sequence._start - 1;
            _end = sequence._start + sequence._length;
        }

        /// <summary>The item that the last <see cref="MoveNext"/> reached.</summary>
        public readonly ref T Current => ref _items![_position];

        /// <summary>Steps to the next item; false when there is none.</summary>
        public bool MoveNext() => ++_position < _end;

        /// <summary>Steps to the next item and returns it.</summary>
        /// <exception cref="InvalidOperationException">There is no further item.</exception>
        public ref T GetNext()
        {
            if (!MoveNext())
            {
                throw new InvalidOperationException("The sequence has no further item.");
            }

            return ref Current;
        }
    }

    /// <summary>The contiguous pieces of a sequence, for <c>foreach</c>.</summary>
    public readonly struct SpanEnumerable
    {
        private readonly Sequence<T> _sequence;

        internal SpanEnumerable(in Sequence<T> sequence) => _sequence = sequence;

        /// <summary>Walks the pieces.</summary>
        public SpanEnumerator GetEnumerator() => new(_sequence);
    }

    /// <summary>Walks the contiguous pieces of a sequence.</summary>
    public struct SpanEnumerator
    {
        private readonly Sequence<T> _sequence;
        private bool _isStarted;

        internal SpanEnumerator(in Sequence<T> sequence) => _sequence = sequence;

        /// <summary>The piece that the last <see cref="MoveNext"/> reached.</summary>
        public readonly Span<T> Current => _sequence.FirstSpan;

        /// <summary>Steps to the next piece; false when there is none.</summary>
        public bool MoveNext()
        {
            bool hasPiece = !_isStarted && !_sequence.IsEmpty;
            _isStarted = true;
            return hasPiece;
        }
    }
}
