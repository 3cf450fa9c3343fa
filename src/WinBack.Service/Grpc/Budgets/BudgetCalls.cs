using WinBack.Core.Caps.Budgets;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Service.Customers;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Grpc.Budgets;

/// <summary>The calls of CustomerService about contact budgets: checks requests, words the answers.</summary>
internal sealed class BudgetCalls(ContactBudgets budgets)
{
    private const int MaxActor = 100;
    private const int MaxReason = 500;
    private const int MaxLimit = 100;

    internal async Task<V1.ContactBudget> GetAsync(V1.GetContactBudgetRequest request, CancellationToken cancellation)
    {
        PlaybookModel playbook = budgets.Playbook;
        var checks = new RequestChecks();
        CustomerId customer = checks.Customer(request.CustomerId);
        DateTimeOffset now = budgets.Now, asOf = request.AsOfTime?.ToDateTimeOffset() ?? now;
        if (asOf < now) checks.Fail("as_of_time", "is in the past: what was left then is not kept; give an instant to come, or none");
        else if (asOf - now > FrequencyCap.LongestWindow) checks.Fail("as_of_time", "is more than 400 days ahead: no cap counts that long");
        var overrides = new List<CapOverride>();
        foreach (V1.CapOverride other in request.CapOverrides)
        {
            CheckCap("cap_overrides.name", other.Name, playbook, checks);
            if (other.Limit is < 1 or > MaxLimit) checks.Fail("cap_overrides.limit", $"{other.Limit} is not in 1..{MaxLimit}");
            overrides.Add(new CapOverride(other.Name, other.Limit));
        }

        checks.ThrowIfWrong();
        ContactBudget budget = await budgets.ReadAsync(customer, playbook, asOf, overrides, cancellation) ?? throw Unknown(customer);
        return BudgetWire.ToProto(budget, customer, playbook);
    }

    internal async Task<V1.ResetContactBudgetResponse> ResetAsync(V1.ResetContactBudgetRequest request, CancellationToken cancellation)
    {
        PlaybookModel playbook = budgets.Playbook;
        var checks = new RequestChecks();
        CustomerId customer = checks.Customer(request.CustomerId);
        Guid? id = checks.RequestId(request.RequestId, isRequired: true);
        if (request.Actor.Length is 0 or > MaxActor) checks.Fail("actor", $"say who does it, in 1 to {MaxActor} characters");
        if (request.Reason.Length is 0 or > MaxReason) checks.Fail("reason", $"say why, in 1 to {MaxReason} characters");
        foreach (string cap in request.Caps)
        {
            if (playbook.SequenceCap.Key.StartsWith(cap + "/", StringComparison.Ordinal))
                checks.Fail("caps", $"'{cap}' is the sequence of touches: it is no budget, and the rules need to know it");
            else CheckCap("caps", cap, playbook, checks);
        }

        checks.ThrowIfWrong();
        var reset = new BudgetReset(id!.Value, request.Actor, request.Reason, budgets.Now, []);
        BudgetReset done = await budgets.ResetAsync(customer, reset, request.Caps, request.ValidateOnly, cancellation) ?? throw Unknown(customer);
        return new V1.ResetContactBudgetResponse { Reset = BudgetWire.ToProto(done) };
    }

    internal async Task<V1.ListBudgetResetsResponse> ListAsync(V1.ListBudgetResetsRequest request, CancellationToken cancellation)
    {
        var checks = new RequestChecks();
        CustomerId customer = checks.Customer(request.CustomerId);
        checks.ThrowIfWrong();
        var response = new V1.ListBudgetResetsResponse();
        foreach (BudgetReset reset in await budgets.ListAsync(customer, cancellation)) response.Resets.Add(BudgetWire.ToProto(reset));
        return response;
    }

    private static void CheckCap(string field, string name, PlaybookModel playbook, RequestChecks checks)
    {
        if (playbook.Caps.Any(cap => cap.Name == name)) return;
        string names = string.Join(", ", playbook.Caps.Select(cap => cap.Name));
        checks.Fail(field, $"there is no cap '{name}' in playbook {playbook.Version}; there are {names}");
    }

    private static Exception Unknown(CustomerId customer) => RpcErrors.NotFound(
        "CUSTOMER_NOT_FOUND", $"customer_id: no event of '{customer}' was folded, or it asked to be forgotten");
}
