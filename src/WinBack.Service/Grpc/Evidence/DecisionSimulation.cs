using Grpc.Core;
using Microsoft.Extensions.Options;
using WinBack.Adapters;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Core.Policy;
using WinBack.Core.State;
using WinBack.Service.Deciding;
using WinBack.Service.Grpc.Errors;
using WinBack.Service.Serving;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Grpc.Evidence;

/// <summary>
/// A decision under assumptions, through the planner that serves:
/// <list type="number">
/// <item>the customer as stored, or without history; assumed events are folded, assumed fields written;</item>
/// <item>playbook and models as asked for, else those that serve;</item>
/// <item>the plan, and what the caps would say. Nothing is reserved or kept.</item>
/// </list>
/// </summary>
internal sealed class DecisionSimulation(
    IDecisionStore store,
    PastVersions versions,
    PlaybookSources sources,
    DecisionPlanner planner,
    Live<PlaybookModel> playbook,
    Live<ServingModels> models,
    LiveCases live,
    FeatureSchema schema,
    IOptions<FoldOptions> fold,
    TimeProvider time)
{
    private const int MaxEvents = 1_000;
    private const int MaxFields = 100;

    /// <exception cref="RpcException">A field is wrong, or a version is not there.</exception>
    internal async Task<V1.SimulateDecisionResponse> RunAsync(V1.SimulateDecisionRequest request, CancellationToken cancellation)
    {
        var checks = new RequestChecks();
        var asked = new DecisionRequest(checks.Customer(request.CustomerId), RequestId: null, checks.Channels(request.Channels));
        checks.View(request.View);
        if (request.Events.Count > MaxEvents) checks.Fail("events", $"has {request.Events.Count:N0}; at most {MaxEvents:N0} are allowed");
        if (request.State.Count > MaxFields) checks.Fail("state", $"has {request.State.Count:N0}; at most {MaxFields} are allowed");
        PlaybookModel? inline = Inline(request, checks);
        checks.ThrowIfWrong();
        DateTimeOffset asOf = request.DecideTime?.ToDateTimeOffset() ?? time.GetUtcNow();

        // Step 1
        CustomerSnapshot stored = request.WithoutHistory
            ? CustomerSnapshot.Of(blob: null, CapLedger.Empty)
            : await store.ReadAsync(asked.Customer, cancellation);
        CustomerSnapshot customer = Assume(stored, request, asked.Customer, asOf, checks);
        checks.ThrowIfWrong();

        // Step 2
        PlaybookModel rules = inline ?? await PlaybookAsync(request, cancellation);
        Scorer scorer = await ScorerAsync(request, asked.Customer, cancellation);

        // Step 3
        DecisionPlan plan = planner.Plan(live.Of(asked, customer, features => scorer.Score(features), rules, asOf));
        Decision decision = DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, customer, asOf));
        return new V1.SimulateDecisionResponse
        {
            Decision = DecisionWire.ToProto(decision, schema, isFull: request.View == V1.DecisionView.Full),
        };
    }

    private PlaybookModel? Inline(V1.SimulateDecisionRequest request, RequestChecks checks)
    {
        if (request.PlaybookCase != V1.SimulateDecisionRequest.PlaybookOneofCase.PlaybookYaml) return null;
        PlaybookModel? model = sources.Open("playbook_yaml", request.PlaybookYaml, out string problem);
        if (model is null) checks.Fail("playbook_yaml", "is refused: " + problem);
        return model;
    }

    private CustomerSnapshot Assume(
        CustomerSnapshot stored, V1.SimulateDecisionRequest request, CustomerId customer, DateTimeOffset asOf, RequestChecks checks)
    {
        if (request.Events.Count == 0 && request.State.Count == 0) return stored;
        CustomerState state = stored.State ?? new CustomerState();
        AssumedEvents.Fold(state, customer, request.Events, fold.Value, (i, problem) => checks.Fail($"events[{i}]", problem));
        for (int i = 0; i < request.State.Count; i++)
            if (AssumedState.Set(state, request.State[i].Name, request.State[i].Value, asOf) is { } problem)
                checks.Fail($"state[{i}]", $"'{request.State[i].Name}': {problem}");
        // As if it had been stored like this.
        return CustomerSnapshot.Of(stored.Source with { State = new StateCodec().Encode(state).ToArray() }, stored.Caps);
    }

    private async Task<PlaybookModel> PlaybookAsync(V1.SimulateDecisionRequest request, CancellationToken cancellation)
    {
        if (request.PlaybookCase != V1.SimulateDecisionRequest.PlaybookOneofCase.PlaybookVersion) return playbook.Current;
        return await versions.PlaybookAsync(request.PlaybookVersion, cancellation) ?? throw NoVersion("playbook_version", request.PlaybookVersion);
    }

    private async Task<Scorer> ScorerAsync(V1.SimulateDecisionRequest request, CustomerId customer, CancellationToken cancellation)
    {
        if (request.ChurnVersion.Length == 0 && request.WinbackVersion.Length == 0) return models.Current.ScorerOf(customer);
        TreeModel churn = await ModelAsync(ServedNames.Churn, "churn_version", request.ChurnVersion, cancellation);
        TreeModel winBack = await ModelAsync(ServedNames.WinBack, "winback_version", request.WinbackVersion, cancellation);
        return new Scorer(churn, winBack, schema);
    }

    private async Task<TreeModel> ModelAsync(string name, string field, string version, CancellationToken cancellation) =>
        version.Length == 0
            ? models.Current.Of(name).Champion
            : await versions.ModelAsync(name, version, cancellation) ?? throw NoVersion(field, version);

    private static RpcException NoVersion(string field, string version) => RpcErrors.NotFound(
        "VERSION_NOT_FOUND", $"{field}: '{version}' does not serve, is not in the registry, or cannot be opened any more");
}
