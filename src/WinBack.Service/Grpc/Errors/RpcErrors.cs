using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;
using Status = Grpc.Core.Status;

namespace WinBack.Service.Grpc.Errors;

/// <summary>
/// Errors as the clients get them: a status with google.rpc.ErrorInfo and, where they apply, field violations or when
/// to try again, in the grpc-status-details-bin trailer (AIP-193).
/// </summary>
internal static class RpcErrors
{
    internal const string Domain = "winback.v1";
    /// <summary>Errors travel in headers, whose size is limited, twice.</summary>
    private const int MaxProblem = 1_000;
    private const string DetailsTrailer = "grpc-status-details-bin";

    internal static RpcException InvalidArgument(params (string Field, string Description)[] violations)
    {
        var badRequest = new BadRequest();
        foreach ((string field, string description) in violations)
            badRequest.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = description });
        string message = string.Join("; ", violations.Select(v => $"{v.Field}: {v.Description}"));
        return Create(StatusCode.InvalidArgument, "INVALID_ARGUMENT", message, badRequest);
    }

    internal static RpcException RequestIdReused(string requestId)
    {
        const string fix = "was used for another request; use a new UUID for every new request";
        var badRequest = new BadRequest
        {
            FieldViolations = { new BadRequest.Types.FieldViolation { Field = "request_id", Description = $"'{requestId}' {fix}" } },
        };
        return Create(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", $"request_id: '{requestId}' {fix}", badRequest);
    }

    internal static RpcException NotFound(string reason, string message) => Create(StatusCode.NotFound, reason, message);

    internal static RpcException AlreadyExists(string reason, string message) => Create(StatusCode.AlreadyExists, reason, message);

    /// <summary>Somebody else was faster: look again before the next try.</summary>
    internal static RpcException Aborted(string reason, string message) => Create(StatusCode.Aborted, reason, message);

    internal static RpcException ModelRefused(string problem)
    {
        string bounded = problem.Length <= MaxProblem ? problem : problem[..MaxProblem] + "...";
        var badRequest = new BadRequest
        {
            FieldViolations = { new BadRequest.Types.FieldViolation { Field = "artifact", Description = bounded } },
        };
        return Create(StatusCode.InvalidArgument, "MODEL_REFUSED", "artifact: " + bounded, badRequest);
    }

    internal static RpcException FailedPrecondition(string reason, string message) =>
        Create(StatusCode.FailedPrecondition, reason, message);

    /// <summary>Nothing was decided or sent; the same call may be made again.</summary>
    internal static RpcException Unavailable(string reason, string message, TimeSpan retryDelay) =>
        Create(StatusCode.Unavailable, reason, message, new RetryInfo { RetryDelay = retryDelay.ToDuration() });

    /// <summary>Nothing was begun; the same call may be made again.</summary>
    internal static RpcException Overloaded(string message, TimeSpan retryDelay) =>
        Create(StatusCode.ResourceExhausted, "OVERLOADED", message, new RetryInfo { RetryDelay = retryDelay.ToDuration() });

    internal static RpcException Internal() =>
        Create(StatusCode.Internal, "INTERNAL", "unexpected failure; the service's log has the cause");

    /// <summary>An error of this class as a message: code, text and all details.</summary>
    internal static RpcStatus StatusOf(RpcException error) => error.Trailers.GetValueBytes(DetailsTrailer) is { } details
        ? RpcStatus.Parser.ParseFrom(details)
        : new RpcStatus { Code = (int)error.StatusCode, Message = error.Status.Detail };

    private static RpcException Create(StatusCode code, string reason, string message, params IMessage[] details)
    {
        var status = new RpcStatus { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = reason, Domain = Domain }));
        foreach (IMessage detail in details) status.Details.Add(Any.Pack(detail));
        return new RpcException(new Status(code, message), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }
}
