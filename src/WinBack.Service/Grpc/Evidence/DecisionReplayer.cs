using Grpc.Core;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Service.Deciding;

namespace WinBack.Service.Grpc.Evidence;

/// <summary>
/// Makes a kept decision again, through the same planner and the same rules of the caps, and compares the two:
/// <list type="number">
/// <item>what it was made from is read: inputs, and what the caps said;</item>
/// <item>playbook and models are fetched by the versions that it names;</item>
/// <item>the plan is made again, and the caps are asked again at their instant;</item>
/// <item>both decisions are compared field by field, and their bytes.</item>
/// </list>
/// </summary>
internal sealed class DecisionReplayer(KeptDecisionReader reader, KeptCases cases, DecisionPlanner planner, FeatureSchema schema)
{
    private const int MostDifferences = 100;

    /// <exception cref="RpcException">There is no such decision, or it cannot be made again.</exception>
    internal async Task<V1.ReplayDecisionResponse> ReplayAsync(DecisionId id, CancellationToken cancellation)
    {
        // Step 1
        KeptDecision kept = await reader.ReadAsync(id, cancellation) ?? throw Refusals.NotFound(id);

        // Step 2
        (DecisionCase from, _) = await cases.OfAsync(id, kept, cancellation);

        // Step 3
        DecisionPlan plan = UnitsShort.Without(planner.Plan(from), kept.Plan.CapacityShortages, kept.CapsRead);
        ReserveResult result = Reservation.Reserve(plan, kept.CapsAsked, kept.Result.ClockTime);
        Decision again = DecisionPipeline.Conclude(plan, result with { Status = kept.Result.Status });

        // Step 4
        var response = new V1.ReplayDecisionResponse
        {
            Decision = DecisionWire.ToProto(again, schema, isFull: true),
            KeptSizeBytes = kept.Written.Length,
            InputSizeBytes = DecisionComparison.SizeOfInputs(kept.Plan),
            Differences = { DecisionComparison.Differences(kept.Decision, again, MostDifferences) },
        };
        Decision expected = kept.IsForeseen ? DecisionPipeline.Expect(plan, result.Chosen, result.Denials) : DecisionPipeline.Expect(plan);
        if (response.Differences.Count == 0 && !DecisionWire.Write(expected).AsSpan().SequenceEqual(kept.Written))
            response.Differences.Add(new V1.FieldDifference { Kept = "bytes that this program does not write" });
        response.Identical = response.Differences.Count == 0;
        return response;
    }
}
