using System.Globalization;
using System.Text.Json.Nodes;
using Google.Rpc;
using Grpc.Core;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Http;

/// <summary>An error as RFC 9457 problem details, with the reason, the wrong fields and the delay that gRPC callers get.</summary>
internal static class ProblemDocument
{
    internal const string ContentType = "application/problem+json";

    internal static async Task WriteAsync(HttpContext http, RpcException error)
    {
        JsonObject problem = Of(error, out TimeSpan? retryDelay);
        http.Response.StatusCode = (int)problem["status"]!;
        http.Response.ContentType = ContentType;
        if (retryDelay is { } delay)
            http.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsync(problem.ToJsonString(), http.RequestAborted);
    }

    internal static JsonObject Of(RpcException error, out TimeSpan? retryDelay)
    {
        retryDelay = null;
        string reason = error.StatusCode.ToString();
        var problem = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = TitleOf(error.StatusCode),
            ["status"] = StatusOf(error.StatusCode),
            ["detail"] = error.Status.Detail,
        };
        foreach (Google.Protobuf.WellKnownTypes.Any detail in RpcErrors.StatusOf(error).Details)
        {
            if (detail.TryUnpack(out ErrorInfo info)) reason = info.Reason;
            if (detail.TryUnpack(out BadRequest wrong))
                problem["violations"] = new JsonArray([.. wrong.FieldViolations.Select(
                    violation => new JsonObject { ["field"] = violation.Field, ["description"] = violation.Description })]);
            if (!detail.TryUnpack(out RetryInfo retry)) continue;
            retryDelay = retry.RetryDelay.ToTimeSpan();
            problem["retryDelaySeconds"] = retryDelay.Value.TotalSeconds;
        }

        problem["reason"] = reason;
        problem["domain"] = RpcErrors.Domain;
        return problem;
    }

    /// <summary>As google.rpc.Code maps them.</summary>
    private static int StatusOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string TitleOf(StatusCode code) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(StatusOf(code));
}
