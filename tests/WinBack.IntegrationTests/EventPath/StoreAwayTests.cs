namespace WinBack.IntegrationTests.EventPath;

/// <summary>Redis or an owner of a partition is away for long: the worker neither gives up, nor hangs, nor waits for ever.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Slow")]
public sealed class StoreAwayTests
{
    [Fact]
    public async Task RedisAwayBeyondMaxPollInterval_ComesBack_WorkerGoesOn()
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed: 1);
        rig.Kafka.Client["max.poll.interval.ms"] = "3000";
        WorkerProcess worker = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.3);
        Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), worker.Output);
        rig.Server.Pause();
        await rig.ProduceAsync(upTo: 0.6);
        await Task.Delay(TimeSpan.FromSeconds(6));
        rig.Server.Resume();
        IReadOnlyList<string> violations = await rig.FinishAsync();
        Assert.True(violations.Count == 0, string.Join("\n", violations));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RedisAway_WorkerIsToldToStop_EndsInOrder(bool isAwayFromTheStart)
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed: 1);
        if (isAwayFromTheStart) await rig.Server.KillAsync();
        WorkerProcess worker = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.5);
        if (!isAwayFromTheStart) Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), worker.Output);
        if (!isAwayFromTheStart) await rig.Server.KillAsync();
        await rig.ProduceAsync(upTo: 1);
        Assert.True(
            await FaultRig.IsTrueWithinAsync(() => worker.Output.Contains("trying again", StringComparison.Ordinal), FaultRig.Patience),
            worker.Output);
        Assert.True(await worker.StopAsync() == 0, worker.Output);
    }

    /// <summary>A worker that was thrown out of the group takes over late and dies at once: nobody else is told.</summary>
    [Fact]
    public async Task OwnerFencedByADeadWorker_StaysAssigned_TakesOverAgain()
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed: 1);
        WorkerProcess worker = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.5);
        Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), worker.Output);
        for (int p = 0; p < FaultRig.Partitions; p++) await rig.Store(p).TakeOverAsync();
        IReadOnlyList<string> violations = await rig.FinishAsync();
        Assert.True(violations.Count == 0, string.Join("\n", violations));
    }
}
