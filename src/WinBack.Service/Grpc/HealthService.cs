using Grpc.Core;
using Grpc.Health.V1;

namespace WinBack.Service.Grpc;

/// <summary>The standard health service (grpc.health.v1) over <see cref="ServingStatuses"/>.</summary>
internal sealed class HealthService(ServingStatuses statuses) : Health.HealthBase
{
    /// <summary>Services in one List response, the bound that grpc-go has too.</summary>
    private const int MostListed = 100;

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        statuses.All.TryGetValue(request.Service, out var status)
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw new RpcException(new Status(
                StatusCode.NotFound, $"service '{request.Service}' is not known here; List names those that are"));

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var all = statuses.All;
        if (all.Count > MostListed)
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"{all.Count} services are more than the {MostListed} that List may give"));
        var response = new HealthListResponse();
        foreach (var (service, status) in all)
            response.Statuses.Add(service, new HealthCheckResponse { Status = status });
        return Task.FromResult(response);
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        await foreach (var status in statuses.WatchAsync(request.Service, context.CancellationToken))
            await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
        throw new RpcException(new Status(StatusCode.Unavailable, "the server is stopping; watch another one"));
    }
}
