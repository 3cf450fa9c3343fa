using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Grpc;

/// <summary>Watch over a real connection: changes, the end of the client, the end of the server.</summary>
public sealed class HealthTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Watch_StatusChanges_ArriveInOrder()
    {
        await using var server = await StandardServicesServer.StartAsync();
        using var channel = server.Connect();
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest { Service = "later" });

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        server.Statuses.Set("later", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        server.Statuses.Set("later", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_ServerStops_SeesNotServingThenUnavailable()
    {
        await using var server = await StandardServicesServer.StartAsync();
        server.Statuses.Set("", ServingStatus.Serving);
        using var channel = server.Connect();
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));

        await server.StopAsync().WaitAsync(Limit);

        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        var error = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Empty(server.LoggedErrors);
    }

    [Fact]
    public async Task Watch_ClientGoes_LeavesNoErrorBehind()
    {
        await using var server = await StandardServicesServer.StartAsync();
        using var channel = server.Connect();
        using (var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest()))
            Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));

        // The stop waits for calls still running, so the watch has ended on the server by then.
        await server.StopAsync().WaitAsync(Limit);
        Assert.Empty(server.LoggedErrors);
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(default).WaitAsync(Limit));
        return watch.ResponseStream.Current.Status;
    }
}
