using WinBack.Adapters.Kafka;
using WinBack.FaultWorker;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>kill -9 of a worker at every stage of a chunk; another one finishes.</summary>
[Collection(FaultCollection.Name)]
public sealed class WorkerKilledTests
{
    private const int SigKilled = 128 + 9;

    [Fact]
    public Task KilledBeforeCommit_AnotherFinishes_EqualsOracle() =>
        FaultSeeds.HoldAsync(seed => KilledAsync(seed, WorkerStage.BeforeCommit));

    [Fact]
    [Trait("Category", "Slow")]
    public Task KilledAfterCommit_AnotherFinishes_EqualsOracle() =>
        FaultSeeds.HoldAsync(seed => KilledAsync(seed, WorkerStage.AfterCommit));

    [Fact]
    [Trait("Category", "Slow")]
    public Task KilledBeforeDeadLetter_AnotherFinishes_EqualsOracle() =>
        FaultSeeds.HoldAsync(seed => KilledAsync(seed, WorkerStage.BeforeDiverted));

    [Fact]
    [Trait("Category", "Slow")]
    public Task KilledAfterDeadLetter_AnotherFinishes_EqualsOracle() =>
        FaultSeeds.HoldAsync(seed => KilledAsync(seed, WorkerStage.AfterDiverted));

    /// <summary>Two workers die one after the other, each at its own point; a third finishes.</summary>
    internal static async Task<IReadOnlyList<string>> KilledAsync(int seed, WorkerStage stage, Mutant mutant = Mutant.None)
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed, mutant);
        await rig.ProduceAsync(upTo: 1);
        for (int i = 0; i < 2; i++)
        {
            WorkerProcess killed = rig.StartWorker(Strike.Kill, stage, after: rig.Random.Next(1, 40));
            await killed.WaitForEndAsync(FaultRig.Patience);
            Assert.True(killed.ExitCode == SigKilled, killed.Output);
        }

        rig.StartWorker();
        return await rig.FinishAsync();
    }
}
