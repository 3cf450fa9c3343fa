using Grpc.Core;
using WinBack.Adapters;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Service.Grpc.Batches;
using WinBack.Service.Grpc.Customers;
using WinBack.Service.Grpc.Evidence;

namespace WinBack.Service.Grpc;

/// <summary>winback.v1.DecisionService: checks requests, asks those who decide or the store, words the refusals.</summary>
internal sealed class DecisionGrpcService(
    SingleDecision single,
    DecisionBatch batch,
    DecisionStream stream,
    DecisionReplayer replayer,
    DecisionExplanation explanation,
    DecisionSimulation simulation,
    DecisionList list,
    IDecisionStore store,
    FeatureSchema schema)
    : V1.DecisionService.DecisionServiceBase
{
    public override async Task<V1.DecideNextActionResponse> DecideNextAction(
        V1.DecideNextActionRequest request, ServerCallContext context)
    {
        using CallBudget budget = CallBudget.Of(context);
        return new V1.DecideNextActionResponse { Decision = await single.DecideAsync(request, budget.Token) };
    }

    public override Task<V1.BatchDecideNextActionsResponse> BatchDecideNextActions(
        V1.BatchDecideNextActionsRequest request, ServerCallContext context) => batch.DecideAsync(request.Requests, context);

    public override Task StreamDecisions(
        IAsyncStreamReader<V1.StreamDecisionsRequest> requestStream,
        IServerStreamWriter<V1.StreamDecisionsResponse> responseStream,
        ServerCallContext context) => stream.RunAsync(requestStream, responseStream, context);

    public override async Task<V1.ConfirmDecisionResponse> ConfirmDecision(
        V1.ConfirmDecisionRequest request, ServerCallContext context)
    {
        DecisionId id = IdOf(request.DecisionId);
        using CallBudget budget = CallBudget.Of(context);
        ConfirmReply reply = await store.ConfirmAsync(id, budget.Token);
        return reply.Outcome == ConfirmOutcome.Confirmed
            ? new V1.ConfirmDecisionResponse { Decision = ToProto(reply.Decision!, V1.DecisionView.Basic) }
            : throw Refusals.Of(reply.Outcome, id);
    }

    public override async Task<V1.ReleaseDecisionResponse> ReleaseDecision(
        V1.ReleaseDecisionRequest request, ServerCallContext context)
    {
        DecisionId id = IdOf(request.DecisionId);
        using CallBudget budget = CallBudget.Of(context);
        ReleaseReply reply = await store.ReleaseAsync(id, budget.Token);
        return reply.Outcome == ReleaseOutcome.Released
            ? new V1.ReleaseDecisionResponse { Decision = ToProto(reply.Decision!, V1.DecisionView.Basic) }
            : throw Refusals.Of(reply.Outcome, id);
    }

    public override async Task<V1.Decision> GetDecision(V1.GetDecisionRequest request, ServerCallContext context)
    {
        var checks = new RequestChecks();
        DecisionId id = checks.Decision(request.DecisionId);
        checks.View(request.View);
        checks.ThrowIfWrong();
        using CallBudget budget = CallBudget.Of(context);
        Decision decision = await store.GetAsync(id, budget.Token) ?? throw Refusals.NotFound(id);
        return ToProto(decision, request.View);
    }

    public override async Task<V1.ReplayDecisionResponse> ReplayDecision(V1.ReplayDecisionRequest request, ServerCallContext context)
    {
        DecisionId id = IdOf(request.DecisionId);
        using CallBudget budget = CallBudget.Of(context);
        return await replayer.ReplayAsync(id, budget.Token);
    }

    public override async Task<V1.ExplainDecisionResponse> ExplainDecision(
        V1.ExplainDecisionRequest request, ServerCallContext context)
    {
        var checks = new RequestChecks();
        checks.ExactlyOne("decision_id", request.DecisionId, "customer_id", request.CustomerId);
        DecisionId id = request.DecisionId.Length > 0 ? checks.Decision(request.DecisionId) : default;
        CustomerId customer = request.CustomerId.Length > 0 ? checks.Customer(request.CustomerId) : default;
        IReadOnlyList<Channel> channels = checks.Channels(request.Channels);
        if (request.DecisionId.Length > 0 && channels.Count > 0) checks.Fail("channels", "are those of the decision; leave them out");
        checks.ThrowIfWrong();
        using CallBudget budget = CallBudget.Of(context);
        return request.DecisionId.Length > 0
            ? await explanation.OfDecisionAsync(id, budget.Token)
            : await explanation.OfCustomerAsync(customer, channels, budget.Token);
    }

    public override async Task<V1.SimulateDecisionResponse> SimulateDecision(
        V1.SimulateDecisionRequest request, ServerCallContext context)
    {
        using CallBudget budget = CallBudget.Of(context);
        return await simulation.RunAsync(request, budget.Token);
    }

    public override Task<V1.ListDecisionsResponse> ListDecisions(V1.ListDecisionsRequest request, ServerCallContext context) =>
        list.ReadAsync(request, context);

    private V1.Decision ToProto(Decision decision, V1.DecisionView view) =>
        DecisionWire.ToProto(decision, schema, isFull: view == V1.DecisionView.Full);

    private static DecisionId IdOf(string value)
    {
        var checks = new RequestChecks();
        DecisionId id = checks.Decision(value);
        checks.ThrowIfWrong();
        return id;
    }
}
