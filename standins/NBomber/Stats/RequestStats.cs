namespace NBomber.Contracts.Stats;

/// <param name="Count">Iterations.</param>
/// <param name="RPS">Iterations a second over the scheduled duration.</param>
/// <param name="Percent">Share of all iterations, rounded.</param>
public sealed record RequestStats(int Count, double RPS, int Percent);
