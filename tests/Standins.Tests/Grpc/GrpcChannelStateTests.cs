using Grpc.Core;
using Grpc.Net.Client;

namespace Standins.Tests.Grpc;

/// <summary>The states that a channel goes through, and how a call may wait for one.</summary>
public sealed class GrpcChannelStateTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task State_ConnectThenDispose_GoesFromIdleToReadyToShutdown()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll());
        GrpcChannel channel = server.Connect();
        Assert.Equal(ConnectivityState.Idle, channel.State);

        await channel.ConnectAsync().WaitAsync(Limit);
        Assert.Equal(ConnectivityState.Ready, channel.State);

        Task changed = channel.WaitForStateChangedAsync(ConnectivityState.Ready);
        channel.Dispose();
        await changed.WaitAsync(Limit);
        Assert.Equal(ConnectivityState.Shutdown, channel.State);
    }

    [Fact]
    public async Task WaitForReady_ServerComesLater_CallSucceeds()
    {
        int port = FreePort();
        using GrpcChannel channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        using AsyncUnaryCall<string> call = channel.CreateCallInvoker()
            .AsyncUnaryCall(Methods.Unary, null, new CallOptions().WithWaitForReady(), "patience");
        while (channel.State != ConnectivityState.TransientFailure)
        {
            await channel.WaitForStateChangedAsync(channel.State).WaitAsync(Limit);
        }

        await using GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll(), port: port);

        Assert.Equal("patience", await call.ResponseAsync.WaitAsync(Limit));
    }

    [Fact]
    public async Task Shutdown_OfAChannel_Completes()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll());
        using GrpcChannel channel = server.Connect();
        Assert.Equal(server.Address.Authority, channel.Target);
        await channel.ShutdownAsync();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
