using WinBack.Load.Arguments;
using WinBack.Load.Fold;
using WinBack.Load.Runs;

namespace WinBack.Load.Scenarios;

/// <summary>
/// How fast the fold is: from a broker into Redis, beside a bare consumer of the same topics. It starts its own broker and
/// redis-server, runs the worker in the tool's process, and counts events, not calls.
/// </summary>
internal sealed class FoldScenario : LoadScenario
{
    private const int Partitions = 8;

    internal override string Name => "fold";

    internal override string Summary => "Events from a broker into Redis by the worker alone, beside a bare consumer.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromMinutes(5), Customers: 50_000, Count: 1_000_000, Rounds: 3)
    {
        TakesAddress = false,
    };

    internal override Task RunAsync(LoadPlan plan, LoadReport report, CancellationToken stop) =>
        new FoldLoad(plan.Count, plan.Customers, Partitions, plan.Rounds).RunAsync(report);
}
