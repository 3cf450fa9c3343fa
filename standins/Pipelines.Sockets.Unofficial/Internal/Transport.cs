namespace Pipelines.Sockets.Unofficial.Internal;

/// <summary>The bytes below a connection: a socket, or a stream such as TLS. One receive and one send at a time.</summary>
internal abstract class Transport
{
    /// <summary>Bytes that could be received without waiting; -1 when unknown.</summary>
    public abstract long BytesAvailable { get; }

    /// <summary>Receives at least one byte; 0 means that the other side has ended.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends all of <paramref name="bytes"/>.</summary>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends both directions, so that a waiting receive or send returns. Never throws; may be called often.</summary>
    public abstract void Abort();

    /// <summary>Frees the socket or stream. Implies <see cref="Abort"/>.</summary>
    public abstract void Close();
}
