namespace WinBack.Cli.Capacity;

/// <summary>What an installation needs, computed of <see cref="MeasuredCosts"/>. No host is filled: see the shares.</summary>
internal sealed class CapacityPlan(CapacityDemands demands)
{
    /// <summary>Of a core's time that is planned for: beyond, waiting times grow.</summary>
    internal const double CoreShare = 0.6;

    /// <summary>Of a shard's memory that is planned for: the rest is for the copy while a snapshot is written, and for growth.</summary>
    internal const double MemoryShare = 0.7;

    /// <summary>Of a Kafka record; the usual replication factor.</summary>
    internal const int KafkaCopies = 3;

    private const double SecondsADay = 86_400;
    private const double Micros = 1e6;
    private const double Gibibyte = 1L << 30;
    private const int PartitionsAWorkerCore = 4;

    public double EventsAtPeak => demands.EventsPerDay / SecondsADay * demands.PeakFactor;

    public double DecisionsADay => demands.DecisionsPerSecond / demands.PeakFactor * SecondsADay;

    public double StateGibibytes => demands.Customers * MeasuredCosts.StateBytes / Gibibyte;

    public double ActionGibibytes =>
        DecisionsADay * demands.ActionShare * demands.ActionRetention.TotalDays * MeasuredCosts.DecisionBytes / Gibibyte;

    public double NoActionGibibytes =>
        DecisionsADay * (1 - demands.ActionShare) * demands.NoActionRetention.TotalDays * MeasuredCosts.DecisionBytes / Gibibyte;

    public double RedisGibibytes => StateGibibytes + ActionGibibytes + NoActionGibibytes;

    /// <summary>Each shard is one core, which its share bounds too.</summary>
    public double RedisCores =>
        ((EventsAtPeak * MeasuredCosts.FoldRedisMicros) + (demands.DecisionsPerSecond * MeasuredCosts.DecideRedisMicros)) / Micros / CoreShare;

    public double ShardsForMemory => Math.Ceiling(RedisGibibytes / (demands.ShardGibibytes * MemoryShare));

    public double ShardsForCores => Math.Ceiling(RedisCores);

    public double Shards => Math.Max(ShardsForMemory, ShardsForCores);

    public double RedisServers => Shards * (1 + demands.Replicas);

    public double SnapshotGibibytes => demands.Customers * MeasuredCosts.SnapshotBytes / Gibibyte;

    public double AppendedGibibytesADay => demands.EventsPerDay * MeasuredCosts.AppendedBytesAnEvent / Gibibyte;

    public double FoldCores => Math.Ceiling(EventsAtPeak * MeasuredCosts.FoldMicros / Micros / CoreShare);

    public double DecideCores => Math.Ceiling(demands.DecisionsPerSecond * MeasuredCosts.DecideMicros / Micros / CoreShare);

    /// <summary>
    /// Enough for every core of the fold and for an even spread over the shards; a power of two. It cannot be raised later
    /// without a new lineage, so it is never below 8.
    /// </summary>
    public double Partitions => Math.Max(8, Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(FoldCores, Shards) * PartitionsAWorkerCore))));

    public double EventTebibytes =>
        demands.EventsPerDay * demands.EventRetentionDays * MeasuredCosts.EventBytes * KafkaCopies / Gibibyte / 1_024;

    public double DecisionTopicGibibytesADay => DecisionsADay * MeasuredCosts.DecisionMessageBytes * KafkaCopies / Gibibyte;

    /// <summary>Megabytes a second at the busiest time, from Kafka to the workers.</summary>
    public double EventMegabytes => EventsAtPeak * MeasuredCosts.EventBytes / Micros;

    /// <summary>From the workers to Redis: what is appended to the file is what was sent.</summary>
    public double FoldMegabytes => EventsAtPeak * MeasuredCosts.AppendedBytesAnEvent / Micros;

    /// <summary>Between service and Redis: state and caps read, the decision written, and read again for its topic.</summary>
    public double DecideMegabytes =>
        demands.DecisionsPerSecond * (MeasuredCosts.StateBytes + (2 * MeasuredCosts.DecisionBytes)) / Micros;

    /// <summary>To keep every state beside Redis; with less, states of customers without an event for long are read back.</summary>
    public double CacheGibibytes => demands.Customers * MeasuredCosts.CachedStateBytes / Gibibyte;

    /// <summary>Hours to fold all kept events again, all cores at full use.</summary>
    public double RebuildHours =>
        demands.EventsPerDay * demands.EventRetentionDays * MeasuredCosts.FoldMicros / Micros / FoldCores / 3_600;
}
