using Confluent.Kafka;
using WinBack.Core.Events;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>Somebody else moves the offsets committed for the group: they are advice for lag monitors and nothing more.</summary>
[Collection(FaultCollection.Name)]
public sealed class CommittedOffsetsTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public Task OffsetsForcedForward_WorkerStarts_SkipsNothing() => FaultSeeds.HoldAsync(seed => ForcedAsync(seed, toEnd: true));

    [Fact]
    [Trait("Category", "Slow")]
    public Task OffsetsForcedBackward_WorkerStarts_RepeatsNothing() => FaultSeeds.HoldAsync(seed => ForcedAsync(seed, toEnd: false));

    private static async Task<IReadOnlyList<string>> ForcedAsync(int seed, bool toEnd)
    {
        await using FaultRig rig = await FaultRig.StartAsync(seed);
        WorkerProcess first = rig.StartWorker();
        await rig.ProduceAsync(upTo: 0.5);
        Assert.True(await rig.IsFoldedWithinAsync(FaultRig.Patience), first.Output);
        Assert.True(await first.StopAsync() == 0, first.Output);
        await rig.ProduceAsync(upTo: 1);
        Force(rig, toEnd);
        rig.StartWorker();
        return await rig.FinishAsync();
    }

    private static void Force(FaultRig rig, bool toEnd)
    {
        var outsider = new ConsumerConfig
        {
            BootstrapServers = rig.Kafka.BootstrapServers, GroupId = rig.Kafka.GroupId, EnableAutoCommit = false,
        };
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(outsider).Build();
        var forced = new List<TopicPartitionOffset>();
        foreach (string topic in EventStreams.All.Select(rig.Kafka.Topics.Of))
            for (int p = 0; p < FaultRig.Partitions; p++)
            {
                WatermarkOffsets ends = consumer.QueryWatermarkOffsets(new TopicPartition(topic, p), FaultRig.Patience);
                forced.Add(new TopicPartitionOffset(topic, p, toEnd ? ends.High : ends.Low));
            }

        consumer.Commit(forced);
        // The scenario is void if the broker did not take them.
        Assert.Equal(forced, consumer.Committed(forced.Select(f => f.TopicPartition), FaultRig.Patience));
    }
}
