using Grpc.Core;
using Grpc.Health.V1;
using WinBack.Service.Grpc;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.Tests.Service.Grpc;

/// <summary>The unary methods; Watch is tested over a real connection in the integration tests.</summary>
public sealed class HealthServiceTests
{
    private readonly ServingStatuses statuses = new();

    [Fact]
    public async Task Check_KnownService_TellsItsStatus()
    {
        statuses.Set("a", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, (await CheckAsync("a")).Status);
        Assert.Equal(ServingStatus.NotServing, (await CheckAsync("")).Status);
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFoundAndNamesIt()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CheckAsync("nobody"));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Contains("'nobody'", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_UpToTheBound_TellsAll()
    {
        // The server as a whole is the hundredth.
        for (var i = 1; i < 100; i++) statuses.Set($"s{i}", ServingStatus.Serving);
        var listed = (await ListAsync()).Statuses;
        Assert.Equal(100, listed.Count);
        Assert.Equal(ServingStatus.NotServing, listed[""].Status);
        Assert.Equal(ServingStatus.Serving, listed["s99"].Status);

        statuses.Set("s100", ServingStatus.Serving);
        var error = await Assert.ThrowsAsync<RpcException>(ListAsync);
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    // Neither method looks at its context.
    private async Task<HealthCheckResponse> CheckAsync(string service) =>
        await new HealthService(statuses).Check(new HealthCheckRequest { Service = service }, null!);

    private async Task<HealthListResponse> ListAsync() => await new HealthService(statuses).List(new HealthListRequest(), null!);
}
