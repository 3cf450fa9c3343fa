using Grpc.Core;
using NBomber.Contracts;
using NBomber.CSharp;

namespace WinBack.Load.Runs;

/// <summary>What an operation came to, by a closed set of statuses; failures by the status of gRPC.</summary>
internal static class Answers
{
    internal static readonly IResponse Ok = Response.Ok(statusCode: "OK");
    internal static readonly IResponse Action = Response.Ok(statusCode: "ACTION");
    internal static readonly IResponse NoAction = Response.Ok(statusCode: "NO_ACTION");

    internal static IResponse Of(V1.Decision decision) => decision.Kind == V1.Decision.Types.Kind.Action ? Action : NoAction;

    internal static IResponse Of(RpcException e) => Response.Fail(e.StatusCode.ToString(), e.Status.Detail);

    /// <summary>Fails with the first result that has a status.</summary>
    internal static IResponse Of(IEnumerable<V1.DecisionResult> results)
    {
        foreach (V1.DecisionResult result in results)
            if (result.Status is { } status) return Response.Fail(((StatusCode)status.Code).ToString(), status.Message);
        return Ok;
    }
}
