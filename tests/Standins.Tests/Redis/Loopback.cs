using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Standins.Tests.Redis;

/// <summary>A connection of the stand-in and the plain socket at its other end.</summary>
internal sealed class Loopback : IDisposable
{
    /// <summary>Far above what anything here takes: reached only when something hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private Loopback(SocketConnection connection, Socket peer)
    {
        Connection = connection;
        Peer = peer;
    }

    public SocketConnection Connection { get; }

    public Socket Peer { get; }

    public static async Task<Loopback> OpenAsync(PipeOptions? sendOptions = null)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketConnection.SetRecommendedClientOptions(socket);
        await socket.ConnectAsync(listener.LocalEndpoint);
        Socket peer = await listener.AcceptSocketAsync();
        return new Loopback(SocketConnection.Create(socket, sendOptions, null), peer);
    }

    /// <summary>Writes and flushes.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        Connection.Output.Write(bytes);
        await Connection.Output.FlushAsync();
    }

    /// <summary>Everything that the peer receives until it has <paramref name="count"/> bytes.</summary>
    public async Task<byte[]> ReceiveAtPeerAsync(int count)
    {
        byte[] bytes = new byte[count];
        await using var stream = new NetworkStream(Peer);
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Limit);
        return bytes;
    }

    /// <summary>Closes the peer so that the connection is reset rather than ended.</summary>
    public void ResetPeer()
    {
        Peer.LingerState = new LingerOption(true, 0);
        Peer.Close();
    }

    public void Dispose()
    {
        Connection.Dispose();
        Peer.Dispose();
    }
}
