using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Service.Deciding;
using WinBack.Service.Serving;

namespace WinBack.Service.Grpc.Evidence;

/// <summary>Why every action was eligible, or not, and what would have made it so: of a kept decision, or of a customer now.</summary>
internal sealed class DecisionExplanation(
    KeptDecisionReader kept,
    KeptCases cases,
    LiveCases live,
    IDecisionStore store,
    DecisionPlanner planner,
    CounterfactualSearch search,
    Live<PlaybookModel> playbook,
    Live<ServingModels> models,
    FeatureSchema schema,
    TimeProvider time)
{
    /// <exception cref="RpcException">There is no such decision, or it cannot be made again.</exception>
    internal async Task<V1.ExplainDecisionResponse> OfDecisionAsync(DecisionId id, CancellationToken cancellation)
    {
        KeptDecision found = await kept.ReadAsync(id, cancellation) ?? throw Refusals.NotFound(id);
        (DecisionCase basis, Scorer scorer) = await cases.OfAsync(id, found, cancellation);
        // The caps as they were asked, not as the plan knew them.
        DecisionCase asked = basis with { Customer = basis.Customer with { Caps = found.CapsAsked } };
        return Explain(asked, planner.Plan(basis), found.Decision, scorer);
    }

    internal async Task<V1.ExplainDecisionResponse> OfCustomerAsync(
        CustomerId customer, IReadOnlyList<Channel> channels, CancellationToken cancellation)
    {
        CustomerSnapshot snapshot = await store.ReadAsync(customer, cancellation);
        Scorer scorer = models.Current.ScorerOf(customer);
        DecisionCase basis = live.Of(
            new DecisionRequest(customer, RequestId: null, channels), snapshot, features => scorer.Score(features), playbook.Current,
            time.GetUtcNow());
        DecisionPlan plan = planner.Plan(basis);
        Decision decision = DecisionPipeline.Conclude(
            plan, DecisionPipeline.Preview(plan, snapshot with { Caps = snapshot.Caps.Copy() }, basis.AsOf));
        return Explain(basis, plan, decision, scorer);
    }

    private V1.ExplainDecisionResponse Explain(DecisionCase basis, DecisionPlan plan, Decision decision, Scorer scorer)
    {
        Dictionary<string, List<CaseChange>> changes = search.Find(basis, plan);
        var response = new V1.ExplainDecisionResponse { Decision = DecisionWire.ToProto(decision, schema, isFull: true) };
        var capped = new List<V1.ActionExplanation>();
        foreach (Candidate candidate in plan.Ranking)
        {
            CapVerdict verdict = CapVerdict.Of(plan, candidate, basis.Customer, basis.AsOf);
            var action = new V1.ActionExplanation
            {
                Action = candidate.Action,
                Channel = (V1.Channel)candidate.Channel,
                Eligible = verdict.IsAllowed,
                ExpectedValueMicros = candidate.ExpectedValueMicros,
                Why = candidate.Why,
                Rejections = { verdict.Rejections.Select(RejectionWire.ToProto) },
            };
            if (verdict.IsAllowed) response.Actions.Add(action);
            else capped.Add(action);
        }

        response.Actions.Add(capped);
        foreach (IGrouping<string, Rejection> rejected in plan.Rejections.GroupBy(rejection => rejection.Action))
            response.Actions.Add(new V1.ActionExplanation
            {
                Action = rejected.Key,
                Channel = (V1.Channel)rejected.First().Channel,
                Rejections = { rejected.Select(RejectionWire.ToProto) },
            });
        foreach (V1.ActionExplanation action in response.Actions)
            if (changes.TryGetValue(action.Action, out List<CaseChange>? nearest)) action.Changes.Add(nearest.Select(ToProto));
        foreach (ScoreExplanation score in scorer.Explain(plan.Features)) response.Scores.Add(ExplanationWire.ToProto(score, schema));
        return response;
    }

    private static V1.EligibilityChange ToProto(CaseChange change) => new()
    {
        Kind = (V1.EligibilityChange.Types.Kind)change.Kind,
        Text = Words(change),
        Time = change.Time?.ToTimestamp(),
        Channel = (V1.Channel)change.Channel,
        Cap = change.Cap,
        Limit = change.Limit,
    };

    private static string Words(CaseChange change) => change.Kind switch
    {
        CaseChangeKind.Wait => FormattableString.Invariant($"after {change.Time:ddd yyyy-MM-dd HH:mm} UTC"),
        CaseChangeKind.AskChannel => $"with channel {Names.Of(change.Channel)} asked for",
        CaseChangeKind.Consent => $"with consent for {Names.Of(change.Channel)}",
        CaseChangeKind.Address => $"with a reachable address for {Names.Of(change.Channel)}",
        _ => FormattableString.Invariant($"with cap {change.Limit} ({change.Cap})"),
    };
}
