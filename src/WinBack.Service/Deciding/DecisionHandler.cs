using System.Diagnostics;
using System.Threading.RateLimiting;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Core.Decisions;
using WinBack.Core.Metrics;
using WinBack.Core.Policy;
using WinBack.Service.Serving;

namespace WinBack.Service.Deciding;

/// <summary>
/// Carries a request through <see cref="DecisionPipeline"/>: the pure steps are there, the two round trips here.
/// </summary>
internal sealed class DecisionHandler(
    IDecisionStore store, DecisionPlanner planner, DecisionScoring scoring, Live<PlaybookModel> playbook, LiveCases cases,
    CapacityDemand demand, DecisionPlaces places, TimeProvider time)
{
    /// <summary>Each further one is for a suppression that came between reading and reserving.</summary>
    private const int MaxAttempts = 4;

    /// <param name="isOfMany">Of a batch or a stream, which waits its turn instead of being refused.</param>
    /// <exception cref="StoreUnavailableException">Nothing is known to be decided; the same request may be made again.</exception>
    /// <exception cref="OverloadedException">Nothing was decided.</exception>
    internal async Task<ReserveReply> DecideAsync(DecisionRequest request, bool isOfMany, CancellationToken cancellation)
    {
        using Activity? span = Spans.StartDecide();
        long started = Stopwatch.GetTimestamp();
        string outcome = "unavailable";
        try
        {
            using RateLimitLease place = await places.TakeAsync(isOfMany, cancellation);
            ReserveReply reply = await CarryAsync(request, cancellation);
            outcome = OutcomeOf(reply);
            return reply;
        }
        catch (OverloadedException)
        {
            outcome = "overloaded";
            throw;
        }
        finally
        {
            span?.SetTag("winback.decision.outcome", outcome);
            if (outcome is "unavailable" or "overloaded") Spans.Fail(span, outcome);
            Instruments.DecisionDuration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("winback.decision.outcome", outcome));
        }
    }

    private async Task<ReserveReply> CarryAsync(DecisionRequest request, CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // Step 1: state and caps, one round trip.
            CustomerSnapshot customer = await store.ReadAsync(request.Customer, cancellation);

            // Step 2: features, scores, rules, ranking.
            DateTimeOffset asOf = time.GetUtcNow();
            DecisionPlan plan = planner.Plan(cases.Of(
                request, customer, features => scoring.Score(request.Customer, customer.State, features), playbook.Current, asOf));
            if (!request.IsPreview && attempt == 0) demand.Count(plan);

            // Step 3: places under the caps, one round trip; a preview only looks.
            ReserveReply reply = request.IsPreview
                ? new ReserveReply(ReserveOutcome.Decided, DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, customer, asOf)))
                : await store.ReserveAsync(plan, cancellation);
            if (reply.Outcome != ReserveOutcome.Outdated) return reply;
        }

        throw new StoreUnavailableException($"contact was suppressed {MaxAttempts} times while one decision was made");
    }

    private static string OutcomeOf(ReserveReply reply) => reply.Decision switch
    {
        null => "refused",
        { Kind: DecisionKind.Action } => "action",
        _ => "no_action",
    };
}
