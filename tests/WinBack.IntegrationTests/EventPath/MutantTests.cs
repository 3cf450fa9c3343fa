using WinBack.Adapters.Kafka;
using WinBack.FaultWorker;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>Each guard of the event path taken out: the scenario that it is for must then fail, or it tests nothing.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Slow")]
public sealed class MutantTests
{
    [Fact]
    public Task BlindWrite_StoppedWorkerWakes_Violates() =>
        FaultSeeds.BreakAsync("days are counted wrong", seed => WorkerStoppedTests.StoppedAsync(seed, Mutant.BlindWrite));

    [Fact]
    public Task SameEpoch_StoppedWorkerWakes_Violates() =>
        FaultSeeds.BreakAsync("the late write was not refused", seed => WorkerStoppedTests.StoppedAsync(seed, Mutant.SameEpoch));

    [Fact]
    public Task FoldsDuplicates_WorkersKilled_Violates() =>
        FaultSeeds.BreakAsync("customer '", seed => WorkerKilledTests.KilledAsync(seed, WorkerStage.AfterCommit, Mutant.FoldsDuplicates));

    [Fact]
    public Task DivertsLast_WorkersKilled_Violates() =>
        FaultSeeds.BreakAsync(
            "records are missing on", seed => WorkerKilledTests.KilledAsync(seed, WorkerStage.BeforeDiverted, Mutant.DivertsLast));

    [Fact]
    public Task StaysAhead_AppendOnlyFileCut_Violates() =>
        FaultSeeds.BreakAsync("customer '", seed => RedisLostTests.CutAsync(seed, Mutant.StaysAhead));
}
