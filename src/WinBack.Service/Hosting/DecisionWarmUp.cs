using WinBack.Adapters;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Service.Deciding;

namespace WinBack.Service.Hosting;

/// <summary>
/// Makes models, playbook and connections before the first caller asks, so that what is wrong with them stops the
/// program at start and no caller pays for compiling the path. Its previews store nothing. Redis may be away: readiness
/// says so until it is back.
/// </summary>
internal sealed class DecisionWarmUp(IServiceProvider services, ILogger<DecisionWarmUp> log) : IHostedService
{
    private const int Previews = 50;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var handler = services.GetRequiredService<DecisionHandler>();
        var request = new DecisionRequest(new CustomerId("winback-warm-up"), RequestId: null, []);
        try
        {
            for (int i = 0; i < Previews; i++) await handler.DecideAsync(request, isOfMany: true, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            log.StoreAwayAtStart(e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
