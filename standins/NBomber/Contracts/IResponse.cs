namespace NBomber.Contracts;

/// <summary>What one iteration or step came to.</summary>
public interface IResponse
{
    string StatusCode { get; }

    bool IsError { get; }

    long SizeBytes { get; }

    /// <summary>Milliseconds to report instead of those measured; 0 for none.</summary>
    double CustomLatencyMs { get; }

    string Message { get; }
}
