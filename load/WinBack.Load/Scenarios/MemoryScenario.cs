using WinBack.Cli;
using WinBack.Load.Arguments;
using WinBack.Load.Memory;
using WinBack.Load.Runs;

namespace WinBack.Load.Scenarios;

/// <summary>What a customer costs in Redis, for two kinds of customers. It starts its own redis-server and counts bytes, not calls.</summary>
internal sealed class MemoryScenario : LoadScenario
{
    private const int Partitions = 8;
    private const string Invoices = "samples/online_retail.csv.gz";

    internal override string Name => "memory";

    internal override string Summary => "Bytes a customer in Redis, in a snapshot and in the append-only file.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromMinutes(5), Customers: 1_000_000) { TakesAddress = false };

    internal override async Task RunAsync(LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        IReadOnlyList<byte[]> retail = CustomerMix.Retail(RepositoryFile.Find(Invoices, "memory"));
        await new MemoryLoad("retail", retail, plan.Customers, Partitions).RunAsync(report, stop);
        await new MemoryLoad("subscription", CustomerMix.Subscription(), plan.Customers, Partitions).RunAsync(report, stop);
    }
}
