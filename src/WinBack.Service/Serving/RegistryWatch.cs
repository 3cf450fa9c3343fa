using Microsoft.Extensions.Options;
using WinBack.Adapters;
using WinBack.Adapters.Redis;

namespace WinBack.Service.Serving;

/// <summary>
/// Looks at a registry for as long as the service runs, off the decision path. Nothing that goes wrong here takes away
/// what is served. At the start it does stop the program when there is nothing to serve at all.
/// </summary>
internal sealed class RegistryWatch<T>(T follower, IOptions<ModelServingOptions> options, ILogger<RegistryWatch<T>> log) : BackgroundService
    where T : IRegistryFollower
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await follower.FollowAsync(cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            log.RegistryAway(e.Message, T.Subject);
            follower.ServeConfigured();
        }
        catch (RegistryException e)
        {
            log.RegistryNotFollowed(T.Subject, e);
            follower.ServeConfigured();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SideLoop(options.Value.PollInterval, follower.FollowAsync, e => log.RegistryNotFollowed(T.Subject, e)).RunAsync(stoppingToken);
}
