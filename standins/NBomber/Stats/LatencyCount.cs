namespace NBomber.Contracts.Stats;

/// <summary>Iterations by rough latency, in milliseconds.</summary>
public sealed record LatencyCount(int LessOrEq800, int More800Less1200, int MoreOrEq1200);
