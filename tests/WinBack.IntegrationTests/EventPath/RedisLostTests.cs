using WinBack.FaultWorker;
using WinBack.Testing;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>Redis dies, forgets its latest writes, or forgets everything, under a running worker.</summary>
[Collection(FaultCollection.Name)]
public sealed class RedisLostTests
{
    private static readonly TimeSpan SlicePause = TimeSpan.FromMilliseconds(50);

    [Fact]
    [Trait("Category", "Slow")]
    public Task RedisKilled_AppendOnlyFileKept_EqualsOracle() => FaultSeeds.HoldAsync(async seed =>
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed, appendOnly: AppendOnly.EverySecond);
        rig.StartWorker();
        rig.StartWorker();
        Task producing = rig.ProduceAsync(upTo: 1, SlicePause);
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(rig.Random.Next(100, 1_500));
            await rig.Server.KillAsync();
            await Task.Delay(rig.Random.Next(500));
            await rig.Server.RestartAsync();
        }

        await producing;
        return await rig.FinishAsync();
    });

    [Fact]
    [Trait("Category", "Slow")]
    public Task AppendOnlyFileCut_WhileIdle_WorkerGoesBack() => FaultSeeds.HoldAsync(seed => CutAsync(seed));

    [Fact]
    [Trait("Category", "Slow")]
    public Task AppendOnlyFileCut_WhileProducing_EqualsOracle() => FaultSeeds.HoldAsync(async seed =>
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed, appendOnly: AppendOnly.EverySecond);
        rig.StartWorker();
        rig.StartWorker();
        Task producing = rig.ProduceAsync(upTo: 1, SlicePause);
        // More than once: only the start after next shows a transaction that the cut has torn (see commit.lua).
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(rig.Random.Next(100, 1_500));
            await rig.CutAppendOnlyFileAsync(rig.Random.NextDouble());
        }

        await producing;
        return await rig.FinishAsync();
    });

    [Fact]
    [Trait("Category", "Slow")]
    public Task RedisEmptied_WhileIdle_FoldsAllAgain() => FaultSeeds.HoldAsync(async seed =>
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed);
        WorkerProcess worker = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.8);
        Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), worker.Output);
        await rig.EmptyRedisAsync();
        Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), worker.Output);
        return [.. await rig.FinishAsync(), .. worker.Report!.TailLost > 0 ? [] : (string[])["the loss was not noticed"]];
    });

    [Fact]
    [Trait("Category", "Slow")]
    public Task RedisEmptied_WhileFolding_FoldsAllAgain() => FaultSeeds.HoldAsync(async seed =>
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed);
        rig.StartWorker();
        rig.StartWorker();
        Task producing = rig.ProduceAsync(upTo: 1, SlicePause);
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(rig.Random.Next(100, 1_500));
            await rig.EmptyRedisAsync();
        }

        await producing;
        return await rig.FinishAsync();
    });

    [Fact]
    [Trait("Category", "Slow")]
    public Task RedisEmptied_WhileNoWorkerRuns_FoldsAllAgain() => FaultSeeds.HoldAsync(async seed =>
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed);
        WorkerProcess first = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.8);
        Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), first.Output);
        Assert.True(await first.StopAsync() == 0, first.Output);
        await rig.EmptyRedisAsync();
        rig.StartWorker();
        return await rig.FinishAsync();
    });

    /// <summary>Everything is folded, then the file loses its end at a random byte; the worker lives on.</summary>
    internal static async Task<IReadOnlyList<string>> CutAsync(int seed, Mutant mutant = Mutant.None)
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed, mutant, AppendOnly.EverySecond);
        WorkerProcess worker = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.8);
        Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), worker.Output);
        await rig.CutAppendOnlyFileAsync(rig.Random.NextDouble());
        IReadOnlyList<string> violations = await rig.FinishAsync();
        // The file ends with some partition's last chunk, and the cut takes at least a byte of it.
        return worker.Report?.TailLost > 0 ? violations : [.. violations, $"the loss was not noticed:\n{worker.Output}"];
    }
}
