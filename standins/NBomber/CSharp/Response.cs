using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>Makes the responses that iterations and steps return.</summary>
public static class Response
{
    private static readonly Response<object> PlainOk = new();
    private static readonly Response<object> PlainFail = new() { IsError = true };

    public static Response<object> Ok() => PlainOk;

    public static Response<object> Fail() => PlainFail;

    /// <param name="customLatencyMs">Milliseconds to report instead of those measured; 0 for none.</param>
    public static Response<object> Ok(
        string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) => new()
        {
            StatusCode = statusCode,
            SizeBytes = sizeBytes,
            Message = message,
            CustomLatencyMs = customLatencyMs,
        };

    public static Response<T> Ok<T>(
        T payload, string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) => new()
        {
            Payload = new Payload<T>(payload),
            StatusCode = statusCode,
            SizeBytes = sizeBytes,
            Message = message,
            CustomLatencyMs = customLatencyMs,
        };

    public static Response<object> Fail(
        string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Fail<object>(statusCode, message, sizeBytes, customLatencyMs);

    public static Response<T> Fail<T>(
        string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) => new()
        {
            IsError = true,
            StatusCode = statusCode,
            Message = message,
            SizeBytes = sizeBytes,
            CustomLatencyMs = customLatencyMs,
        };
}
