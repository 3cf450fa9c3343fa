using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Service;

/// <summary>A service with both roles that the tests of one collection share, one after the other.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    internal Stores Stores { get; private set; } = null!;

    internal RunningService Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Stores = await Stores.StartAsync();
        Service = await RunningService.StartAsync(Stores.Settings("ingest,decide"));
        await Service.UntilAsync(async () => await Service.HealthAsync() == ServingStatus.Serving, "the service is ready");
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Stores.DisposeAsync();
    }
}
