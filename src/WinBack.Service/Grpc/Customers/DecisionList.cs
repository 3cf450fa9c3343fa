using Grpc.Core;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;

namespace WinBack.Service.Grpc.Customers;

/// <summary>
/// Pages of a customer's decisions, newest first. A page begins behind the decision that its token names, so decisions made
/// in between neither repeat nor hide any.
/// </summary>
internal sealed class DecisionList(CustomerStore customers, IDecisionStore store, FeatureSchema schema)
{
    private const int DefaultPage = 20;
    private const int LargestPage = 100;

    internal async Task<V1.ListDecisionsResponse> ReadAsync(V1.ListDecisionsRequest request, ServerCallContext context)
    {
        var checks = new RequestChecks();
        CustomerId customer = checks.Customer(request.CustomerId);
        checks.View(request.View);
        if (request.PageSize < 0) checks.Fail("page_size", "is below 0; leave it out for 20");
        if (!Guid.TryParseExact(request.PageToken, "N", out Guid after) && request.PageToken.Length > 0)
            checks.Fail("page_token", "is none that was answered; begin with an empty one");
        checks.ThrowIfWrong();
        using CallBudget budget = CallBudget.Of(context);

        IReadOnlyList<DecisionId> all = await customers.ListAsync(customer, budget.Token);
        int from = request.PageToken.Length == 0 ? 0 : PlaceBehind(after, all);
        int to = Math.Min(all.Count, from + Math.Min(request.PageSize == 0 ? DefaultPage : request.PageSize, LargestPage));
        // Sent together: one round trip.
        Decision?[] found = await Task.WhenAll(Enumerable.Range(from, to - from).Select(i => store.GetAsync(all[i], budget.Token)));
        var response = new V1.ListDecisionsResponse { NextPageToken = to < all.Count ? all[to - 1].Request.ToString("N") : "" };
        foreach (Decision? decision in found)
            if (decision is not null)
                response.Decisions.Add(DecisionWire.ToProto(decision, schema, isFull: request.View == V1.DecisionView.Full));
        return response;
    }

    /// <summary>The end, when the decision is listed no more: what came after it is older still.</summary>
    private static int PlaceBehind(Guid request, IReadOnlyList<DecisionId> all)
    {
        for (int i = 0; i < all.Count; i++)
            if (all[i].Request == request) return i + 1;
        return all.Count;
    }
}
