using NBomber.Contracts.Stats;

namespace NBomber.Engine;

/// <summary>What the reports say of a scenario.</summary>
/// <param name="Latency">Of the iterations that went well.</param>
/// <param name="WorstStartDelay">How late the generator itself was at worst.</param>
/// <param name="StopReason">Null when it ran to its end.</param>
internal sealed record ScenarioOutcome(
    ScenarioStats Stats, LatencyHistogram Latency, TimeSpan WorstStartDelay, string? StopReason);
