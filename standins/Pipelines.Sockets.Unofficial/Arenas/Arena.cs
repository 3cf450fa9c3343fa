using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// Short-lived arrays that all die together at <see cref="Reset"/>: the items of one reply while the client reads it.
/// </summary>
/// <remarks>
/// One block of plain array memory, handed out from front to back. An allocation that does not fit gets an array of its
/// own, so a sequence is always contiguous. Blocks never leave the arena: StackExchange.Redis disposes the arena of a
/// broken connection from one thread while another may still read a reply, and a block that had gone back to a shared
/// pool would show that reply the items of another connection. Not thread-safe otherwise.
/// </remarks>
public sealed class Arena<T> : IDisposable
{
    private readonly T[] _block;
    private int _used;

    /// <param name="options">Null means the defaults.</param>
    /// <param name="allocator">Ignored: blocks are arrays.</param>
    public Arena(ArenaOptions? options = null, Allocator<T>? allocator = null)
    {
        _ = allocator;
        int bytes = options?.BlockSizeBytes ?? ArenaOptions.DefaultBlockSizeBytes;
        _block = new T[Math.Max(16, bytes / Unsafe.SizeOf<T>())];
    }

    /// <summary>Hands out <paramref name="length"/> items of undefined content: the caller writes before it reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public Sequence<T> Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > _block.Length - _used)
        {
            return new Sequence<T>(new T[length], 0, length);
        }

        int start = _used;
        _used += length;
        return new Sequence<T>(_block, start, length);
    }

    /// <summary>Takes back everything that was handed out, and lets go of what it referred to.</summary>
    public void Reset()
    {
        if (_used == 0)
        {
            return;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(_block, 0, _used);
        }

        _used = 0;
    }

    /// <summary>Does nothing on purpose: the garbage collector frees the block when no reader is left. See the remarks.</summary>
    public void Dispose()
    {
    }
}
