using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial.Internal;

/// <summary>The writing half: a flush publishes what was written, and a work item on the thread pool sends it.</summary>
/// <remarks>
/// Whatever is flushed while a send is under way goes out with the next one, so many small commands share a system
/// call. One writer at a time (the client holds its write lock); the sending work item is the only other party.
/// StackExchange.Redis ignores <see cref="FlushResult.IsCompleted"/>, so a flush on a dead connection must throw.
/// </remarks>
internal sealed class SendPipe : PipeWriter, IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly BlockPool _pool = new();
    private readonly DuplexPipe _owner;
    private readonly Transport _transport;
    private readonly long _pauseBytes;
    private readonly long _resumeBytes;

    // The block being sent and the block being written; the same one while there is little to send.
    private Block _head;
    private Block _tail;
    private int _headSent;

    // Bytes since the start: written (the writer's own), published by a flush, and sent. Written >= flushed >= sent.
    private long _written;
    private long _flushed;
    private long _sent;
    private bool _isSending;
    private bool _isDead;
    private Exception? _causeOfDeath;
    private TaskCompletionSource<FlushResult>? _waiter;

    /// <param name="owner">Hears of failed sends.</param>
    /// <param name="transport">Where the bytes go.</param>
    /// <param name="pauseBytes">A flush waits while this much is unsent; 0 or less means never.</param>
    /// <param name="resumeBytes">A waiting flush goes on when less than this is unsent.</param>
    public SendPipe(DuplexPipe owner, Transport transport, long pauseBytes, long resumeBytes)
    {
        _owner = owner;
        _transport = transport;
        _pauseBytes = pauseBytes > 0 ? pauseBytes : long.MaxValue;
        _resumeBytes = Math.Max(1, resumeBytes);
        _head = _tail = _pool.Rent(0);
    }

    /// <summary>Bytes handed to the operating system so far.</summary>
    public long TotalBytes => Volatile.Read(ref _sent);

    /// <summary>Bytes flushed but not yet handed to the operating system.</summary>
    public long WaitingBytes
    {
        get
        {
            lock (_lock)
            {
                return _flushed - _sent;
            }
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Block block = BlockWith(sizeHint);
        return block.Bytes.AsMemory(block.Written);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Block block = BlockWith(sizeHint);
        return block.Bytes.AsSpan(block.Written);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)_tail.Free, nameof(bytes));
        _tail.Written += bytes;
        _written += bytes;
    }

    /// <exception cref="ConnectionResetException">The connection is over, and what was flushed will not be sent.</exception>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        bool isFirst;
        Task<FlushResult>? room = null;
        lock (_lock)
        {
            if (_isDead)
            {
                throw Reset();
            }

            _flushed = _written;
            isFirst = !_isSending && _flushed > _sent;
            _isSending |= isFirst;
            if (_flushed - _sent >= _pauseBytes)
            {
                _waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _waiter.Task;
            }
        }

        if (isFirst)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return room is null ? default : new(room.WaitAsync(cancellationToken));
    }

    public override void CancelPendingFlush()
        => TakeWaiter()?.TrySetResult(new FlushResult(isCanceled: true, isCompleted: false));

    /// <summary>The client writes no more. What it has flushed and is not yet sent may be lost, as on any disconnect.</summary>
    public override void Complete(Exception? exception = null) => _owner.GiveUp();

    /// <summary>From now on every flush throws, and a waiting one does at once.</summary>
    public void Die(Exception? cause)
    {
        lock (_lock)
        {
            _causeOfDeath ??= cause;
            _isDead = true;
        }

        TakeWaiter()?.TrySetException(Reset());
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAllAsync();

    private async Task SendAllAsync()
    {
        try
        {
            int sent = 0;
            while (TryTake(sent, out ReadOnlyMemory<byte> bytes))
            {
                await _transport.SendAsync(bytes).ConfigureAwait(false);
                sent = bytes.Length;
            }
        }
        catch (Exception e)
        {
            // The end of the loop: _isSending stays set, so nothing is sent after the gap.
            _owner.OnSendFailed(e);
        }
    }

    // Books what was sent and hands out the next contiguous piece; false, and no longer sending, when there is none.
    private bool TryTake(int justSent, out ReadOnlyMemory<byte> bytes)
    {
        TaskCompletionSource<FlushResult>? resumed = null;
        lock (_lock)
        {
            _headSent += justSent;
            _sent += justSent;
            long ready = _flushed - _sent;
            if (_waiter is not null && ready < _resumeBytes)
            {
                (resumed, _waiter) = (_waiter, null);
            }

            _isSending = ready > 0;
            while (ready > 0 && _headSent == _head.Written)
            {
                Block done = _head;
                _head = done.NextBlock!;
                _headSent = 0;
                _pool.Return(done);
            }

            int length = (int)Math.Min(ready, _head.Written - _headSent);
            bytes = _head.Bytes.AsMemory(_headSent, length);
        }

        resumed?.TrySetResult(default);
        return !bytes.IsEmpty;
    }

    private Block BlockWith(int sizeHint)
    {
        int needed = Math.Max(1, sizeHint);
        if (_tail.Free < needed)
        {
            lock (_lock)
            {
                Block next = _pool.Rent(needed);
                _tail.Append(next);
                _tail = next;
            }
        }

        return _tail;
    }

    private TaskCompletionSource<FlushResult>? TakeWaiter()
    {
        lock (_lock)
        {
            TaskCompletionSource<FlushResult>? waiter = _waiter;
            _waiter = null;
            return waiter;
        }
    }

    private ConnectionResetException Reset() => new("The connection has ended.", _causeOfDeath);
}
