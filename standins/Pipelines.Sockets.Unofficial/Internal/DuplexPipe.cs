using System.IO.Pipelines;
using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial.Internal;

/// <summary>Both halves of one connection, and the one place that knows why it ended.</summary>
/// <remarks>
/// Who may declare it over: the reading half when it sees the end, and the client when it gives up. A failed send does
/// not; it shuts the transport down, which the reading half then sees (<see cref="ReceivePipe"/> says why).
/// </remarks>
internal sealed class DuplexPipe : IMeasuredDuplexPipe, IDisposable
{
    private readonly Transport _transport;
    private readonly ReceivePipe _input;
    private readonly SendPipe _output;
    private int _shutdownKind;
    private int _socketError;

    public DuplexPipe(Transport transport, PipeOptions? sendOptions)
    {
        PipeOptions send = sendOptions ?? PipeOptions.Default;
        _transport = transport;
        _input = new ReceivePipe(this, transport);
        _output = new SendPipe(this, transport, send.PauseWriterThreshold, send.ResumeWriterThreshold);
    }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    public long TotalBytesSent => _output.TotalBytes;

    public long TotalBytesReceived => _input.TotalBytes;

    /// <summary>Bytes of the last receive; 0 at the end of the stream, -1 before the first.</summary>
    public int LastReceived => _input.LastBytes;

    public PipeShutdownKind ShutdownKind => (PipeShutdownKind)Volatile.Read(ref _shutdownKind);

    public SocketError SocketError => (SocketError)Volatile.Read(ref _socketError);

    public SocketConnection.Counters Counters
        => new(_transport.BytesAvailable, _input.BufferedBytes, _output.WaitingBytes);

    /// <summary>Notes why the connection ends; false when a cause was noted before.</summary>
    public bool TrySetShutdown(PipeShutdownKind kind)
        => Interlocked.CompareExchange(ref _shutdownKind, (int)kind, (int)PipeShutdownKind.None) == (int)PipeShutdownKind.None;

    /// <summary>The reading half has seen the end; called before the client hears of it.</summary>
    /// <param name="error">Null when the other side closed in order.</param>
    public void OnReceiveEnded(Exception? error)
    {
        NoteEnd(error is null ? PipeShutdownKind.ReadEndOfStream : PipeShutdownKind.ReadSocketError, error);
        _output.Die(error);
        _transport.Abort();
    }

    /// <summary>A send failed: ends the transport, so that the reading half wakes and reports it.</summary>
    public void OnSendFailed(Exception error)
    {
        NoteEnd(PipeShutdownKind.WriteSocketError, error);
        _transport.Abort();
    }

    /// <summary>The client is done with the connection.</summary>
    public void GiveUp()
    {
        NoteEnd(PipeShutdownKind.PipeDisposed, null);
        _output.Die(null);
        _transport.Abort();
    }

    public void Dispose()
    {
        GiveUp();
        _transport.Close();
    }

    private void NoteEnd(PipeShutdownKind kind, Exception? error)
    {
        if (TrySetShutdown(kind) && (error as SocketException ?? error?.InnerException as SocketException) is { } cause)
        {
            Volatile.Write(ref _socketError, (int)cause.SocketErrorCode);
        }
    }
}
