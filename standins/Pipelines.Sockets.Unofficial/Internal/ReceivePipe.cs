using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial.Internal;

/// <summary>The reading half: receives when the client asks for more than is buffered, on the thread that asks.</summary>
/// <remarks>
/// There is no pump: replies are parsed on the thread that received them, and while the client parses, nothing is
/// received. So when the end of the stream is seen, every complete reply before it has been handled. Only then, before
/// the client hears of the end, is the sending half declared dead (<see cref="SendPipe.Die"/>). Both orders matter: the
/// client fails its waiting commands when a flush throws, and doing so while replies are still being parsed would give
/// replies to the wrong commands; and a flush that still succeeded after the end was reported would lose its command.
/// </remarks>
internal sealed class ReceivePipe : PipeReader
{
    // Below this it is better to begin a new block than to ask for a few bytes.
    private const int MinimumReceiveBytes = 4 * 1024;

    private readonly BlockPool _pool = new();
    private readonly Transport _transport;
    private readonly DuplexPipe _owner;
    private Block _head;
    private Block _tail;
    private int _consumed;
    private bool _isExamined = true;
    private volatile bool _isCompleted;
    private bool _isEnded;
    private int _isCanceled;
    private long _received;
    private long _released;

    public ReceivePipe(DuplexPipe owner, Transport transport)
    {
        _owner = owner;
        _transport = transport;
        _head = _tail = _pool.Rent(0);
    }

    /// <summary>Bytes received so far.</summary>
    public long TotalBytes => Volatile.Read(ref _received);

    /// <summary>Bytes of the last receive; 0 at the end of the stream, -1 before the first.</summary>
    public int LastBytes { get; private set; } = -1;

    /// <summary>Bytes received that the client has not consumed.</summary>
    public long BufferedBytes => TotalBytes - Volatile.Read(ref _released);

    public override bool TryRead(out ReadResult result)
    {
        bool isCanceled = Interlocked.Exchange(ref _isCanceled, 0) != 0;
        bool hasNews = isCanceled || _isCompleted || _isEnded || !_isExamined;
        result = hasNews ? Current(isCanceled) : default;
        return hasNews;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        => TryRead(out ReadResult result) ? new(result) : ReceiveAsync(cancellationToken);

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (consumed.GetObject() is not Block block || examined.GetObject() is not Block examinedBlock)
        {
            return;
        }

        _isExamined = examinedBlock == _tail && examined.GetInteger() == _tail.Written;
        long before = _head.RunningIndex + _consumed;
        _consumed = consumed.GetInteger();
        Volatile.Write(ref _released, _released + block.RunningIndex + _consumed - before);
        while (_head != block)
        {
            ReleaseHead();
        }

        if (_consumed == _head.Written)
        {
            _consumed = 0;
            if (_head == _tail)
            {
                _tail.Clear();
            }
            else
            {
                ReleaseHead();
            }
        }
    }

    /// <summary>
    /// Ends a waiting read. StackExchange.Redis does this only when it gives a connection up, so the sending half is
    /// declared dead first: no command can slip in between the client's last look at its waiting commands and the end.
    /// </summary>
    public override void CancelPendingRead()
    {
        Volatile.Write(ref _isCanceled, 1);
        _owner.GiveUp();
    }

    /// <summary>The client wants no more. The blocks stay as they are: it may still be reading them on another thread.</summary>
    public override void Complete(Exception? exception = null)
    {
        _isCompleted = true;
        _owner.GiveUp();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        Block target = Target();
        try
        {
            int received = await _transport
                .ReceiveAsync(target.Bytes.AsMemory(target.Written), cancellationToken)
                .ConfigureAwait(false);
            LastBytes = received;
            if (received > 0)
            {
                target.Written += received;
                _isExamined = false;
                Volatile.Write(ref _received, _received + received);
                return Current(Interlocked.Exchange(ref _isCanceled, 0) != 0);
            }

            _isEnded = true;
            _owner.OnReceiveEnded(null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _isEnded = true;
            _owner.OnReceiveEnded(e);
            if (!_isCompleted)
            {
                throw new ConnectionResetException("The connection failed while receiving: " + e.Message, e);
            }
        }

        return Current(Interlocked.Exchange(ref _isCanceled, 0) != 0);
    }

    private void ReleaseHead()
    {
        Block done = _head;
        _head = done.NextBlock!;
        _pool.Return(done);
    }

    private Block Target()
    {
        if (_tail.Free < MinimumReceiveBytes)
        {
            Block next = _pool.Rent(0);
            _tail.Append(next);
            _tail = next;
        }

        return _tail;
    }

    private ReadResult Current(bool isCanceled)
        => new(new(_head, _consumed, _tail, _tail.Written), isCanceled, _isEnded || _isCompleted);
}
