namespace NBomber.Contracts.Stats;

/// <param name="AllBytes">Sum of the sizes that the responses stated.</param>
public sealed record DataTransferStats(long AllBytes);
