using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Standins.Tests.Redis;

public sealed class SocketAwaitableEventArgsTests
{
    [Fact]
    public async Task Await_ConnectThenReceiveTwice_SameArgumentsServeAll()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var args = new SocketAwaitableEventArgs { RemoteEndPoint = listener.LocalEndpoint };
        await Run(args, socket.ConnectAsync);
        using Socket peer = await listener.AcceptSocketAsync();

        args.SetBuffer(new byte[16]);
        foreach (byte length in new byte[] { 3, 5 })
        {
            await peer.SendAsync(new byte[length]);
            Assert.Equal(length, await Run(args, socket.ReceiveAsync));
        }
    }

    [Fact]
    public async Task Await_NobodyListens_Throws()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        EndPoint closed = listener.LocalEndpoint;
        listener.Stop();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var args = new SocketAwaitableEventArgs { RemoteEndPoint = closed };

        SocketException error = await Assert.ThrowsAsync<SocketException>(() => Run(args, socket.ConnectAsync));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [Fact]
    public async Task Abort_WhileAwaited_EndsTheWaitOnce()
    {
        using var args = new SocketAwaitableEventArgs();
        int ends = 0;
        Task wait = Wait();
        args.Abort(SocketError.TimedOut);
        args.Complete();
        await wait;

        Assert.Equal(1, ends);

        async Task Wait()
        {
            SocketException error = await Assert.ThrowsAsync<SocketException>(async () => await args);
            Assert.Equal(SocketError.TimedOut, error.SocketErrorCode);
            ends++;
        }
    }

    [Fact]
    public async Task Await_CompletedTwiceBefore_TakesOneResultAndArmsAgain()
    {
        using var args = new SocketAwaitableEventArgs();
        args.Complete();
        args.Complete();
        Assert.True(args.IsCompleted);
        Assert.Equal(0, await args);
        Assert.False(args.IsCompleted);
    }

    private static async Task<int> Run(SocketAwaitableEventArgs args, Func<SocketAsyncEventArgs, bool> start)
    {
        if (!start(args))
        {
            args.Complete();
        }

        return await args;
    }
}
