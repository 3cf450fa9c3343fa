using Grpc.Core;
using WinBack.Adapters;
using WinBack.Service.Deciding;

namespace WinBack.Service.Grpc.Errors;

/// <summary>What a handler throws, as the status that the caller gets: of a call, and of one request of many.</summary>
internal sealed class CallFaults(ILogger<CallFaults> log)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    internal RpcException Of(Exception fault, ServerCallContext context)
    {
        switch (fault)
        {
            case RpcException told:
                return told;
            // A caller that is gone shows as a broken connection too.
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                return new RpcException(Status.DefaultCancelled);
            case OverloadedException:
                // Not logged: there may be thousands a second, and the metrics count them.
                return RpcErrors.Overloaded(
                    $"{fault.Message}; nothing was decided: make the same call again, later or on another node", RetryDelay);
            case StoreUnavailableException or OperationCanceledException:
                // Cancelled, but not by the caller: its time was up before the store answered (CallBudget).
                log.StoreAway(context.Method, fault.Message);
                return RpcErrors.Unavailable(
                    "STORE_UNAVAILABLE", "the store did not answer in time; send nothing and make the same call again", RetryDelay);
            default:
                log.CallFailed(context.Method, fault);
                return RpcErrors.Internal();
        }
    }
}
