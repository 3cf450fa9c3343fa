using Microsoft.Extensions.Options;
using WinBack.Adapters.Redis;
using WinBack.Core.Policy.Responses;

namespace WinBack.Service.Serving;

/// <summary>Brings what outcomes have taught to the decisions of this node, off their path. What cannot be read leaves what serves.</summary>
internal sealed class ResponseFollower(
    ResponseReader reader, Live<ResponseTable> live, IOptions<ResponseOptions> options, TimeProvider time, ILogger<ResponseFollower> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SideLoop(options.Value.RefreshInterval, RefreshAsync, log.ResponsesNotRead).RunAsync(stoppingToken);

    private async Task RefreshAsync(CancellationToken stop)
    {
        ResponseTable next = await reader.ReadAsync(time.GetUtcNow(), stop);
        if (next.Version == live.Current.Version) return;
        live.Swap(next);
        log.ResponsesServed(next.Version, next.Total.Sent, next.Total.Returned);
    }
}
