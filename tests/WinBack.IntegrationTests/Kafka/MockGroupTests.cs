using Confluent.Kafka;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Kafka;

/// <summary>
/// What the fault tests rely on in the mock broker's consumer groups and offsets; some of it is our patch
/// (standins/librdkafka.redist/mock-broker.patch) and would differ with the upstream library.
/// </summary>
public sealed class MockGroupTests : IAsyncLifetime
{
    private const string Group = "fold";
    private const int Partitions = 4;
    private static readonly string[] Topics = ["usage", "login"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private KafkaBroker broker = null!;

    public async Task InitializeAsync() => broker = await KafkaBroker.StartAsync(Topics, Partitions);

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public void TwoMembers_RangeAssignor_EachOwnsTheSamePartitionsOfEveryTopic()
    {
        using var first = Consumer();
        using var second = Consumer();
        first.Subscribe(Topics);
        PollUntil([first], () => first.Assignment.Count == Topics.Length * Partitions);
        second.Subscribe(Topics);
        PollUntil([first, second], () => first.Assignment.Count == Partitions && second.Assignment.Count == Partitions);

        Assert.Equal(OwnedOf(first, "usage"), OwnedOf(first, "login"));
        Assert.Equal(OwnedOf(second, "usage"), OwnedOf(second, "login"));
        Assert.Equal([0, 1, 2, 3], OwnedOf(first, "usage").Concat(OwnedOf(second, "usage")).Order());

        second.Close();
        PollUntil([first], () => first.Assignment.Count == Topics.Length * Partitions);
    }

    [Fact]
    public void CommitFromOutside_GroupHasMembers_IsRefused_GroupIsEmpty_Counts()
    {
        using var member = Consumer();
        using var outsider = Consumer();
        TopicPartitionOffset[] forced = [new TopicPartitionOffset("usage", 2, 41)];
        member.Subscribe(Topics);
        PollUntil([member], () => member.Assignment.Count > 0);
        Assert.Throws<KafkaException>(() => outsider.Commit(forced));

        member.Close();
        outsider.Commit(forced);
        Assert.Equal(41, outsider.Committed([forced[0].TopicPartition], Patience)[0].Offset.Value);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(-1001)]
    public void Assign_NoSuchOffset_ResetIsError_ConsumeThrows(long offset)
    {
        using var consumer = Consumer();
        consumer.Assign(new TopicPartitionOffset("usage", 0, offset));
        var thrown = Assert.Throws<ConsumeException>(() => consumer.Consume(Patience));

        Assert.Equal(ErrorCode.Local_AutoOffsetReset, thrown.Error.Code);
    }

    private IConsumer<string, byte[]> Consumer() => new ConsumerBuilder<string, byte[]>(new ConsumerConfig
    {
        BootstrapServers = broker.BootstrapServers,
        GroupId = Group,
        EnableAutoCommit = false,
        AutoOffsetReset = AutoOffsetReset.Error,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        SessionTimeoutMs = 3_000,
        HeartbeatIntervalMs = 200,
        FetchWaitMaxMs = 10,
    })
        .SetPartitionsAssignedHandler((_, assigned) => assigned.Select(p => new TopicPartitionOffset(p, Offset.Beginning)))
        .Build();

    private static int[] OwnedOf(IConsumer<string, byte[]> consumer, string topic) =>
        [.. consumer.Assignment.Where(p => p.Topic == topic).Select(p => p.Partition.Value).Order()];

    /// <summary>Polls, because a member only takes part in a rebalance while it polls.</summary>
    private static void PollUntil(IConsumer<string, byte[]>[] consumers, Func<bool> condition)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "the group did not settle in time");
            foreach (var consumer in consumers)
            {
                Assert.Null(consumer.Consume(20));
            }
        }
    }
}
