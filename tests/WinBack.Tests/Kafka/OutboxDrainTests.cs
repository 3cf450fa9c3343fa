using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Tests.Policy;
using WinBack.Tests.Redis;

namespace WinBack.Tests.Kafka;

/// <summary>The outbox of a real Redis, given to a producer that keeps what it gets.</summary>
public sealed class OutboxDrainTests : HeldPartitionTests
{
    /// <summary>What was decided faster than a pass a period can take must not wait for ever.</summary>
    [Fact]
    public async Task Drain_MoreThanOnePassTakes_GoesOn()
    {
        RedisValue[] requests = await FillAsync(450);
        var kept = KeptMessages.Create(out IProducer<byte[], byte[]> producer);
        Assert.Equal(450, await Drain(producer).DrainAsync(Held, CancellationToken.None));
        Assert.Equal(requests, Published(kept));
        Assert.Equal(0, await Database.ListLengthAsync(Keys.Outbox));
    }

    /// <summary>The fold of the partition waits meanwhile.</summary>
    [Fact]
    public async Task Drain_FarMore_LeavesTheRestForItsNextTurn()
    {
        // Not kept any more, so nothing to publish; they are passed over all the same.
        RedisValue[] gone = [.. Enumerable.Range(0, 2_300).Select(_ => (RedisValue)Guid.NewGuid().ToString("D"))];
        await Database.ListRightPushAsync(Keys.Outbox, gone);
        KeptMessages.Create(out IProducer<byte[], byte[]> producer);
        OutboxDrain drain = Drain(producer);
        Assert.Equal(0, await drain.DrainAsync(Held, CancellationToken.None));
        Assert.Equal(300, await Database.ListLengthAsync(Keys.Outbox));
        Assert.Equal(0, await drain.DrainAsync(Held, CancellationToken.None));
        Assert.Equal(0, await Database.ListLengthAsync(Keys.Outbox));
    }

    /// <summary>What it may not take off the list is its successor's to publish; here it is published once, not once a pass.</summary>
    [Fact]
    public async Task Drain_AnotherTookOver_EndsWithThePass()
    {
        RedisValue[] requests = await FillAsync(250);
        await new PartitionStore(Database, Keys).TakeOverAsync();
        var kept = KeptMessages.Create(out IProducer<byte[], byte[]> producer);
        await Drain(producer).DrainAsync(Held, CancellationToken.None);
        Assert.Equal(requests[..200], Published(kept));
        Assert.Equal(requests, await Database.ListRangeAsync(Keys.Outbox));
    }

    private OutboxDrain Drain(IProducer<byte[], byte[]> producer) => new(Database, Keys, producer, "decisions", NullLogger.Instance);

    private static IEnumerable<RedisValue> Published(KeptMessages kept) => kept.Messages.Select(sent =>
    {
        Assert.True(DecisionId.TryParse(V1.Decision.Parser.ParseFrom(sent.Message.Value).DecisionId, out DecisionId id));
        return (RedisValue)id.Request.ToString("D");
    });

    /// <summary>Decisions about customers of their own, in the outbox in this order.</summary>
    private async Task<RedisValue[]> FillAsync(int count)
    {
        var store = new DecisionStore(Database, new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, partitionCount: 1);
        for (int i = 0; i < count; i++)
        {
            DecisionPlan plan = new DecisionPipeline("schema", partitionCount: 1).Plan(
                new DecisionRequest(new CustomerId($"customer-{i}"), Guid.NewGuid(), []),
                CustomerSnapshot.Of(CustomerHistory.BoughtOnce(90).Blob, CapLedger.Empty), [0, 0, 0], new Scores(0.8, 0.2, []),
                TestPlaybook.Model(TestPlaybook.Config()), CustomerHistory.Now);
            await store.ReserveAsync(plan);
        }

        return await Database.ListRangeAsync(Keys.Outbox);
    }
}
