using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>A load on one service: its parts run one after the other, and all of them again in each round.</summary>
internal abstract class ServiceScenario : LoadScenario
{
    internal override async Task RunAsync(LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        await using LoadTarget target = await LoadTarget.OpenAsync(plan, report, stop);
        var runner = new PartRunner(Name, plan, target, report, stop);
        for (int round = 1; round <= plan.Rounds; round++)
            foreach (LoadPart part in Parts(target, plan, report, stop).Where(part => plan.HasPeers || !part.IsPeer))
            {
                if (stop.IsCancellationRequested) return;
                LoadRow measured = runner.Run(part, round);
                if (part.After is { } after) await after(measured);
            }

        if (target.Redis is { } redis) report.Say(await RedisCosts.ReadAsync(redis));
    }

    /// <summary>Made anew for each round; a part that is compared with another stands after it.</summary>
    protected abstract IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop);
}
