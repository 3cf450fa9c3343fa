using WinBack.Adapters.Kafka;
using WinBack.FaultWorker;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>SIGSTOP of a worker beyond its session timeout, and workers that come and go.</summary>
[Collection(FaultCollection.Name)]
public sealed class WorkerStoppedTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public Task StoppedBeforeCommit_AnotherTookOver_WriteRefused() => FaultSeeds.HoldAsync(seed => StoppedAsync(seed));

    [Fact]
    [Trait("Category", "Slow")]
    public Task WorkersComeAndGo_WhileProducing_EqualsOracle() => FaultSeeds.HoldAsync(ComeAndGoAsync);

    [Fact]
    [Trait("Category", "Slow")]
    public Task LostMembershipWhileAsleep_ToldToEndAsItWakes_Ends() => FaultSeeds.HoldAsync(WokenToEndAsync);

    /// <summary>
    /// A worker that was asleep for longer than its session hears that its partitions are lost just when it closes its consumer.
    /// </summary>
    private static async Task<IReadOnlyList<string>> WokenToEndAsync(int seed)
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed);
        await rig.ProduceAsync(upTo: 0.5);
        WorkerProcess sleeper = rig.StartWorker();
        bool isFolded = await rig.IsFoldedWithinAsync(FaultRig.Patience);
        sleeper.Pause();
        rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.8);
        bool hasTakenOver = await rig.IsFoldedWithinAsync(FaultRig.Patience);
        sleeper.Resume();
        await Task.Delay(rig.Random.Next(0, 600));
        int code = await sleeper.StopAsync();

        IReadOnlyList<string> violations = await rig.FinishAsync();
        if (!isFolded || !hasTakenOver) violations = [.. violations, "not folded"];
        return code == 0 ? violations : [.. violations, $"the sleeper ended with exit code {code}:\n{sleeper.Output}"];
    }

    /// <summary>
    /// A worker stops itself between its fold and its write; another takes over and finishes; the first wakes and writes.
    /// </summary>
    internal static async Task<IReadOnlyList<string>> StoppedAsync(int seed, Mutant mutant = Mutant.None)
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed, mutant);
        await rig.ProduceAsync(upTo: 0.5);
        WorkerProcess zombie = rig.StartWorker(Strike.Stop, WorkerStage.BeforeCommit, after: rig.Random.Next(1, 40));
        Assert.True(await FaultRig.IsTrueWithinAsync(() => zombie.IsStopped, FaultRig.Patience), zombie.Output);
        WorkerProcess other = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.8);
        bool isFolded = await rig.IsFoldedWithinAsync(FaultRig.Patience);
        zombie.Resume();
        bool isFenced = await FaultRig.IsTrueWithinAsync(
            () => zombie.Report?.Fenced > 0 || !zombie.IsRunning, mutant == Mutant.None ? FaultRig.Patience : FaultRig.Patience / 10);

        IReadOnlyList<string> violations = await rig.FinishAsync();
        if (!isFolded) violations = [.. violations, $"nobody took over:\n{other.Output}"];
        if (!isFenced || !(zombie.Report?.Fenced > 0)) violations = [.. violations, $"the late write was not refused:\n{zombie.Output}"];
        return violations;
    }

    private static async Task<IReadOnlyList<string>> ComeAndGoAsync(int seed)
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed);
        // Produces until the scenario has ended: a rig that is disposed of under its producer takes the test process along.
        Task[] both = [rig.ProduceAsync(upTo: 0.9, TimeSpan.FromMilliseconds(200)), ComeAndGoAsync(rig)];
        await Task.WhenAll(both);
        return await rig.FinishAsync();
    }

    private static async Task ComeAndGoAsync(FaultRig rig)
    {
        List<WorkerProcess> workers = [rig.StartWorker(), rig.StartWorker()];
        for (int i = 0; i < 8; i++)
        {
            await Task.Delay(rig.Random.Next(200, 2_000));
            if (workers.Count < 2 || (workers.Count < 4 && rig.Random.Next(2) == 0))
            {
                workers.Add(rig.StartWorker());
                continue;
            }

            WorkerProcess leaving = workers[rig.Random.Next(workers.Count)];
            workers.Remove(leaving);
            if (rig.Random.Next(2) == 0) leaving.Kill();
            else Assert.True(await leaving.StopAsync() == 0, $"exit code {leaving.ExitCode}:\n{leaving.Output}");
        }
    }
}
