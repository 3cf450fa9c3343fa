namespace NBomber.Contracts.Stats;

/// <summary>The figures of the iterations that went well, or of those that failed.</summary>
public sealed record MeasurementStats(
    RequestStats Request, LatencyStats Latency, DataTransferStats DataTransfer, StatusCodeStats[] StatusCodes);
