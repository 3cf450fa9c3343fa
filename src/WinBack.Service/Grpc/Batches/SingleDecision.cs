using Grpc.Core;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Service.Deciding;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Grpc.Batches;

/// <summary>One DecideNextActionRequest to its answer: the same for a call of its own, an item of a batch, one of a stream.</summary>
internal sealed class SingleDecision(DecisionHandler handler, FeatureSchema schema, CallFaults faults)
{
    /// <exception cref="RpcException">The request is wrong.</exception>
    internal async Task<V1.Decision> DecideAsync(
        V1.DecideNextActionRequest request, CancellationToken cancellation, bool isOfMany = false)
    {
        var checks = new RequestChecks();
        var decisionRequest = new DecisionRequest(
            checks.Customer(request.CustomerId),
            checks.RequestId(request.RequestId, isRequired: !request.ValidateOnly),
            checks.Channels(request.Channels));
        checks.View(request.View);
        checks.ThrowIfWrong();
        if (request.ValidateOnly) decisionRequest = decisionRequest with { RequestId = null };

        ReserveReply reply = await handler.DecideAsync(decisionRequest, isOfMany, cancellation);
        if (reply.Outcome == ReserveOutcome.RequestIdReused) throw RpcErrors.RequestIdReused(request.RequestId);
        return DecisionWire.ToProto(reply.Decision!, schema, isFull: request.View == V1.DecisionView.Full);
    }

    /// <summary>What is wrong or fails is the status of the result; only a caller that is gone ends the call.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<V1.DecisionResult> TryDecideAsync(
        V1.DecideNextActionRequest request, ServerCallContext context, CancellationToken cancellation)
    {
        try
        {
            return new V1.DecisionResult { RequestId = request.RequestId, Decision = await DecideAsync(request, cancellation, isOfMany: true) };
        }
        catch (Exception e) when (!context.CancellationToken.IsCancellationRequested)
        {
            return Refused(request, faults.Of(e, context));
        }
    }

    internal static V1.DecisionResult Refused(V1.DecideNextActionRequest request, RpcException error) =>
        new() { RequestId = request.RequestId, Status = RpcErrors.StatusOf(error) };
}
