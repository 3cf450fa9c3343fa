namespace NBomber.Contracts.Stats;

/// <summary>All in milliseconds; 0 without iterations.</summary>
public sealed record LatencyStats(
    double MinMs,
    double MeanMs,
    double MaxMs,
    double Percent50,
    double Percent75,
    double Percent95,
    double Percent99,
    double StdDev,
    LatencyCount LatencyCount);
