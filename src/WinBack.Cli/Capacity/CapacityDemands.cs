using WinBack.Adapters.Redis;

namespace WinBack.Cli.Capacity;

/// <summary>What is asked of an installation.</summary>
/// <param name="Customers">With a state; at least 1.</param>
/// <param name="EventsPerDay">Over all topics.</param>
/// <param name="DecisionsPerSecond">At the busiest time, stored ones; previews cost a fraction.</param>
/// <param name="PeakFactor">Busiest second of an average one, of events and decisions alike; at least 1.</param>
/// <param name="ActionShare">Of decisions that send something, 0 to 1.</param>
/// <param name="EventRetentionDays">Kafka keeps events for so long; states can be built again from them.</param>
/// <param name="Replicas">Copies of each Redis shard beside the primary.</param>
/// <param name="ShardGibibytes">Memory of one Redis shard, its use for the data 70 in 100.</param>
internal sealed record CapacityDemands(
    double Customers,
    double EventsPerDay,
    double DecisionsPerSecond,
    double PeakFactor,
    double ActionShare,
    double EventRetentionDays,
    double Replicas,
    double ShardGibibytes)
{
    /// <summary>As long as Redis keeps decisions by default.</summary>
    public TimeSpan ActionRetention { get; init; } = new RedisOptions().DecisionRetention;

    public TimeSpan NoActionRetention { get; init; } = new RedisOptions().NoActionRetention;
}
