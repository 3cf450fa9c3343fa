using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial.Internal;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A connected socket as a pair of pipes.</summary>
/// <remarks>
/// Of the pipe options only the thresholds of the sending half are honoured. The schedulers are ignored: replies are
/// parsed on the thread that received them and commands are sent from the thread pool, which costs about half the CPU
/// of a hop to dedicated threads. The memory pool is ignored: each connection has its own blocks.
/// </remarks>
public sealed class SocketConnection : IMeasuredDuplexPipe, IDisposable
{
    private readonly DuplexPipe _pipe;

    private SocketConnection(DuplexPipe pipe) => _pipe = pipe;

    /// <inheritdoc />
    public PipeReader Input => _pipe.Input;

    /// <inheritdoc />
    public PipeWriter Output => _pipe.Output;

    /// <summary>Why the connection ended.</summary>
    public PipeShutdownKind ShutdownKind => _pipe.ShutdownKind;

    /// <summary>The error that ended the connection; Success when it was none.</summary>
    public SocketError SocketError => _pipe.SocketError;

    /// <summary>Bytes received so far.</summary>
    public long BytesRead => _pipe.TotalBytesReceived;

    /// <summary>Bytes handed to the operating system so far.</summary>
    public long BytesSent => _pipe.TotalBytesSent;

    /// <summary>Bytes of the last receive; 0 at the end of the stream, -1 before the first.</summary>
    public int LastReceived => _pipe.LastReceived;

    long IMeasuredDuplexPipe.TotalBytesSent => _pipe.TotalBytesSent;

    long IMeasuredDuplexPipe.TotalBytesReceived => _pipe.TotalBytesReceived;

    /// <summary>Checks nothing: all that this assembly needs is part of .NET itself.</summary>
    public static void AssertDependencies()
    {
    }

    /// <summary>Sends small commands at once instead of waiting for more (TCP only).</summary>
    public static void SetRecommendedClientOptions(Socket socket)
    {
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            socket.NoDelay = true;
        }
    }

    /// <summary>Makes a pair of pipes over a connected socket, which the pair then owns.</summary>
    public static SocketConnection Create(
        Socket socket,
        PipeOptions? sendPipeOptions,
        PipeOptions? receivePipeOptions,
        SocketConnectionOptions connectionOptions = SocketConnectionOptions.None,
        string? name = null)
    {
        _ = receivePipeOptions;
        _ = connectionOptions;
        _ = name;
        return new SocketConnection(new DuplexPipe(new SocketTransport(socket), sendPipeOptions));
    }

    /// <summary>Notes that the protocol ends the connection (the client sent QUIT), before the socket says so.</summary>
    /// <returns>False when another cause was noted before.</returns>
    public bool TrySetProtocolShutdown(PipeShutdownKind kind) => _pipe.TrySetShutdown(kind);

    /// <summary>Where bytes wait at this moment.</summary>
    public Counters GetCounters() => _pipe.Counters;

    /// <inheritdoc />
    public void Dispose() => _pipe.Dispose();

    /// <summary>Where bytes wait: for error messages.</summary>
    public readonly struct Counters
    {
        internal Counters(long bytesAvailableOnSocket, long bytesWaitingToBeRead, long bytesWaitingToBeSent)
        {
            BytesAvailableOnSocket = bytesAvailableOnSocket;
            BytesWaitingToBeRead = bytesWaitingToBeRead;
            BytesWaitingToBeSent = bytesWaitingToBeSent;
        }

        /// <summary>Received by the operating system, not yet by this connection; -1 when unknown.</summary>
        public long BytesAvailableOnSocket { get; }

        /// <summary>Received by this connection, not yet consumed by the client.</summary>
        public long BytesWaitingToBeRead { get; }

        /// <summary>Flushed by the client, not yet handed to the operating system.</summary>
        public long BytesWaitingToBeSent { get; }
    }
}
