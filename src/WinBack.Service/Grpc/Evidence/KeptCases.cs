using Grpc.Core;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Updates;
using WinBack.Service.Deciding;
using WinBack.Service.Grpc.Errors;
using WinBack.Service.Serving;

namespace WinBack.Service.Grpc.Evidence;

/// <summary>What a kept decision was made from: its inputs, and playbook and models by the versions that it names.</summary>
internal sealed class KeptCases(PastVersions versions, FeatureSchema schema)
{
    /// <exception cref="RpcException">Something of it is gone.</exception>
    internal async Task<(DecisionCase Case, Scorer Scorer)> OfAsync(DecisionId id, KeptDecision kept, CancellationToken cancellation)
    {
        DecisionPlan plan = kept.Plan;
        if (plan.Inputs is not { } inputs) throw Gone(id, "an older program made it and did not keep its inputs");
        if (plan.Versions.FeatureSchema != schema.Hash)
            throw Gone(id, $"its features follow schema {plan.Versions.FeatureSchema}; this program's is {schema.Hash}");
        PlaybookModel playbook = await versions.PlaybookAsync(plan.Versions.Playbook, cancellation)
            ?? throw Gone(id, $"playbook {plan.Versions.Playbook} is not in the registry, and not the file of the settings");
        Scorer scorer = await versions.ScorerAsync(plan.Scores.ModelVersions, cancellation)
            ?? throw Gone(id, $"models {string.Join(", ", plan.Scores.ModelVersions)} are not all in the registry or the model folder");
        var basis = new DecisionCase(
            new DecisionRequest(plan.Customer, id.Request, inputs.Channels),
            CustomerSnapshot.Of(inputs.Customer, kept.CapsRead.Copy()),
            features => scorer.Score(features),
            playbook with { Experiments = playbook.Experiments.At(plan.Experiments.Stages) },
            plan.DecideTime)
        {
            Responses = ResponseTable.Kept(plan.Responses),
            Quotes = plan.CapacityQuotes,
            Updates = new UpdateCatalogue(plan.Updates),
        };
        return (basis, scorer);
    }

    private static RpcException Gone(DecisionId id, string what) =>
        RpcErrors.FailedPrecondition("DECISION_NOT_REPLAYABLE", $"decision '{id}' cannot be made again: {what}");
}
