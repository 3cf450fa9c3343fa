using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Updates;
using WinBack.Service.Serving;

namespace WinBack.Service.Deciding;

/// <summary>
/// What a plan is made from now: beside the request, all that this node knows. Whatever decides, explains or simulates takes it
/// from here, so that none of them knows less than the others.
/// </summary>
internal sealed class LiveCases(Live<ResponseTable> responses, Live<UpdateCatalogue> updates, CapacityTokens capacities)
{
    internal DecisionCase Of(
        DecisionRequest request, CustomerSnapshot customer, Func<float[], Scores> score, PlaybookModel playbook, DateTimeOffset asOf) =>
        new(request, customer, score, playbook, asOf)
        {
            Responses = responses.Current,
            Updates = updates.Current,
            Quotes = capacities.QuotesFor(playbook, customer.State, asOf),
        };
}
