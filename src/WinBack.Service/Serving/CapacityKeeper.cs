using Microsoft.Extensions.Options;
using WinBack.Adapters;
using WinBack.Adapters.Redis;

namespace WinBack.Service.Serving;

/// <summary>
/// Keeps this node's part of scarce capacities in order: prices, what is left, leases that are over; and gives back everything
/// that is not spent when the service ends.
/// </summary>
internal sealed class CapacityKeeper(
    CapacityTokens tokens, CapacityDemand demand, IOptions<ModelServingOptions> options, ILogger<CapacityKeeper> log) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await tokens.CloseAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // They come back when the leases are settled.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SideLoop(options.Value.ReportInterval, demand.RefreshAsync, e => log.CapacitiesNotKept(e)).RunAsync(stoppingToken);
}
