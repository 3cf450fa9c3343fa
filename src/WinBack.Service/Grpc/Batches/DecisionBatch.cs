using Grpc.Core;
using Microsoft.Extensions.Options;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Grpc.Batches;

/// <summary>
/// Many requests of one call, a bounded number at a time. Each worker takes the next request when it is done with one, so
/// what is under way shares the connection to Redis and its round trips, and a slow request holds up nobody else.
/// </summary>
internal sealed class DecisionBatch(SingleDecision single, IOptions<BatchOptions> options)
{
    private const int MaxRequests = 1_000;

    /// <summary>A full decision has some 6 KB, and clients take 4 MB if they are not told otherwise.</summary>
    private const int MaxFullRequests = 250;

    internal async Task<V1.BatchDecideNextActionsResponse> DecideAsync(
        IReadOnlyList<V1.DecideNextActionRequest> requests, ServerCallContext context)
    {
        Check(requests);
        using CallBudget budget = CallBudget.Of(context);
        var results = new V1.DecisionResult[requests.Count];
        RefuseRepeated(requests, results);
        int last = -1;
        var workers = new Task[Math.Min(options.Value.BatchInFlight, requests.Count)];
        for (int w = 0; w < workers.Length; w++) workers[w] = WorkAsync();
        await Task.WhenAll(workers);
        return new V1.BatchDecideNextActionsResponse { Results = { results } };

        async Task WorkAsync()
        {
            int at;
            while ((at = Interlocked.Increment(ref last)) < results.Length)
                results[at] ??= await single.TryDecideAsync(requests[at], context, budget.Token);
        }
    }

    private static void Check(IReadOnlyList<V1.DecideNextActionRequest> requests)
    {
        var checks = new RequestChecks();
        if (requests.Count == 0) checks.Fail("requests", $"is empty; give 1 to {MaxRequests:N0}");
        if (requests.Count > MaxRequests) checks.Fail("requests", $"has {requests.Count:N0}; at most {MaxRequests:N0} are allowed");
        int full = requests.Count(request => request.View == V1.DecisionView.Full);
        if (full > MaxFullRequests)
            checks.Fail("requests", $"has {full:N0} with DECISION_VIEW_FULL; at most {MaxFullRequests} are allowed, or use GetDecision");
        checks.ThrowIfWrong();
    }

    /// <summary>Two requests of one batch cannot be a retry of each other: the second would get an answer it did not ask for.</summary>
    private static void RefuseRepeated(IReadOnlyList<V1.DecideNextActionRequest> requests, V1.DecisionResult[] results)
    {
        var first = new Dictionary<string, int>(requests.Count, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < results.Length; i++)
        {
            if (requests[i].RequestId.Length == 0 || first.TryAdd(requests[i].RequestId, i)) continue;
            results[i] = SingleDecision.Refused(requests[i], RpcErrors.InvalidArgument(
                ("request_id", $"is that of requests[{first[requests[i].RequestId]}] too; give every request a UUID of its own")));
        }
    }
}
