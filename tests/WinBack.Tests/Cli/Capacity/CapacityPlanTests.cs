using WinBack.Cli.Capacity;

namespace WinBack.Tests.Cli.Capacity;

public sealed class CapacityPlanTests
{
    private static readonly CapacityDemands Demands = new(
        Customers: 1e6, EventsPerDay: 8.64e6, DecisionsPerSecond: 300, PeakFactor: 3, ActionShare: 0.25, EventRetentionDays: 10,
        Replicas: 1, ShardGibibytes: 16)
    {
        ActionRetention = TimeSpan.FromDays(10), NoActionRetention = TimeSpan.FromDays(1),
    };

    private static readonly CapacityPlan Plan = new(Demands);

    [Fact]
    public void Peaks_AreTheFactorTimesTheMean()
    {
        Assert.Equal(300, Plan.EventsAtPeak, 1e-6);
        Assert.Equal(100 * 86_400, Plan.DecisionsADay, 1e-3);
    }

    [Fact]
    public void Memory_IsStatesAndWhatIsKeptOfDecisions()
    {
        const double gibibyte = 1L << 30;
        Assert.Equal(1e6 * MeasuredCosts.StateBytes / gibibyte, Plan.StateGibibytes, 1e-9);
        Assert.Equal(8.64e6 * 0.25 * 10 * MeasuredCosts.DecisionBytes / gibibyte, Plan.ActionGibibytes, 1e-6);
        Assert.Equal(8.64e6 * 0.75 * 1 * MeasuredCosts.DecisionBytes / gibibyte, Plan.NoActionGibibytes, 1e-6);
        Assert.Equal(Plan.StateGibibytes + Plan.ActionGibibytes + Plan.NoActionGibibytes, Plan.RedisGibibytes, 1e-9);
    }

    [Fact]
    public void Shards_AreAsManyAsTheScarcerOfMemoryAndCoresWants()
    {
        Assert.Equal(Math.Ceiling(Plan.RedisGibibytes / (16 * CapacityPlan.MemoryShare)), Plan.ShardsForMemory);
        Assert.True(Plan.ShardsForMemory > Plan.ShardsForCores);
        Assert.Equal(Plan.ShardsForMemory, Plan.Shards);
        Assert.Equal(2 * Plan.Shards, Plan.RedisServers);

        var busy = new CapacityPlan(Demands with { DecisionsPerSecond = 100_000, ShardGibibytes = 100_000 });
        Assert.True(busy.ShardsForCores > busy.ShardsForMemory);
        Assert.Equal(busy.ShardsForCores, busy.Shards);
        Assert.True(busy.ShardsForCores * CapacityPlan.CoreShare * 1e6 >= 100_000 * MeasuredCosts.DecideRedisMicros);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Partitions_AreAPowerOfTwo_AndSpreadOverCoresAndShards(double millionEventsADay)
    {
        var plan = new CapacityPlan(Demands with { EventsPerDay = millionEventsADay * 1e6 });
        Assert.True(System.Numerics.BitOperations.IsPow2((int)plan.Partitions), $"{plan.Partitions} partitions");
        Assert.True(plan.Partitions >= 8 && plan.Partitions >= plan.FoldCores && plan.Partitions >= plan.Shards);
    }

    [Fact]
    public void Kafka_KeepsEveryCopyForTheDaysAskedFor() => Assert.Equal(
        8.64e7 * MeasuredCosts.EventBytes * CapacityPlan.KafkaCopies, Plan.EventTebibytes * Math.Pow(1_024, 4), 1);
}
