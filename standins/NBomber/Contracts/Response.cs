namespace NBomber.Contracts;

/// <summary>A response with a payload for the steps after it.</summary>
public sealed record Response<T> : IResponse
{
    public string StatusCode { get; init; } = "";

    public bool IsError { get; init; }

    public long SizeBytes { get; init; }

    public double CustomLatencyMs { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Null for none.</summary>
    public Payload<T>? Payload { get; init; }
}
