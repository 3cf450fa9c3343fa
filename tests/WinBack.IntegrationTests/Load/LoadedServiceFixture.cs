using WinBack.Cli.Run;
using WinBack.IntegrationTests.Service;
using WinBack.Load.Target;

namespace WinBack.IntegrationTests.Load;

/// <summary>A running service, with its broker and Redis, that the scenarios of one class are run against.</summary>
public sealed class LoadedServiceFixture : IAsyncLifetime
{
    internal ServiceProcess Service { get; private set; } = null!;

    /// <summary>With patience for its Redis: on a loaded machine an answer that is late is no fault of the load tool.</summary>
    public async Task InitializeAsync() => Service = await EmbeddedService.StartAsync(
        Stores.ServiceDll, CancellationToken.None, "--Redis:CommandTimeout=00:00:30");

    /// <summary>The service must have lived through all of it, without an error in its log.</summary>
    public async Task DisposeAsync()
    {
        bool hasEnded = Service.HasEnded;
        string log = File.ReadAllText(Service.LogFile);
        await Service.DisposeAsync();
        Assert.False(hasEnded, log);
        Assert.DoesNotContain("fail: ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("crit: ", log, StringComparison.Ordinal);
    }
}
