using WinBack.Adapters;

namespace WinBack.Service.Serving;

/// <summary>
/// Work that is done again and again beside the decision path, for as long as the service runs. Nothing that goes wrong in
/// it stops anything: it is told once, and the next turn may do better.
/// </summary>
/// <param name="tell">Logs what was not expected.</param>
internal sealed class SideLoop(TimeSpan period, Func<CancellationToken, Task> work, Action<Exception> tell)
{
    private string _told = "";

    internal async Task RunAsync(CancellationToken stop)
    {
        // Real time, also on a replay clock: operators do not wait by it.
        using var timer = new PeriodicTimer(period, TimeProvider.System);
        do await TurnAsync(stop);
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        try
        {
            await work(stop);
            _told = "";
        }
        catch (StoreUnavailableException)
        {
            // Readiness tells of Redis.
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception e)
        {
            if (_told != e.Message) tell(e);
            _told = e.Message;
        }
    }
}
