using Grpc.Core;
using WinBack.Core.Events;
using WinBack.Service.Grpc.Budgets;
using WinBack.Service.Grpc.Customers;

namespace WinBack.Service.Grpc;

/// <summary>winback.v1.CustomerService: checks requests, and asks those who do it.</summary>
internal sealed class CustomerGrpcService(CustomerPages pages, CustomerRights rights, CustomerExport export, BudgetCalls budgets)
    : V1.CustomerService.CustomerServiceBase
{
    public override async Task<V1.Customer> GetCustomer(V1.GetCustomerRequest request, ServerCallContext context)
    {
        var checks = new RequestChecks();
        CustomerId customer = checks.Customer(request.CustomerId);
        checks.View(request.View);
        checks.ThrowIfWrong();
        using CallBudget budget = CallBudget.Of(context);
        return await pages.ReadAsync(customer, request.View, budget.Token);
    }

    public override async Task<V1.ContactBudget> GetContactBudget(V1.GetContactBudgetRequest request, ServerCallContext context)
    {
        using CallBudget budget = CallBudget.Of(context);
        return await budgets.GetAsync(request, budget.Token);
    }

    public override async Task<V1.ResetContactBudgetResponse> ResetContactBudget(
        V1.ResetContactBudgetRequest request, ServerCallContext context)
    {
        using CallBudget budget = CallBudget.Of(context);
        return await budgets.ResetAsync(request, budget.Token);
    }

    public override async Task<V1.ListBudgetResetsResponse> ListBudgetResets(
        V1.ListBudgetResetsRequest request, ServerCallContext context)
    {
        using CallBudget budget = CallBudget.Of(context);
        return await budgets.ListAsync(request, budget.Token);
    }

    public override async Task<V1.SuppressCustomerResponse> SuppressCustomer(
        V1.SuppressCustomerRequest request, ServerCallContext context)
    {
        var checks = new RequestChecks();
        CustomerId customer = checks.Customer(request.CustomerId);
        IReadOnlyList<Channel> channels = checks.Channels(request.Channels);
        checks.ThrowIfWrong();
        using CallBudget budget = CallBudget.Of(context);
        return new V1.SuppressCustomerResponse { Suppression = await rights.SuppressAsync(customer, channels, budget.Token) };
    }

    public override async Task<V1.EraseCustomerResponse> EraseCustomer(V1.EraseCustomerRequest request, ServerCallContext context)
    {
        CustomerId customer = CustomerOf(request.CustomerId);
        using CallBudget budget = CallBudget.Of(context);
        return await rights.EraseAsync(customer, budget.Token);
    }

    public override async Task ExportCustomer(
        V1.ExportCustomerRequest request, IServerStreamWriter<V1.ExportCustomerResponse> responseStream, ServerCallContext context)
    {
        CustomerId customer = CustomerOf(request.CustomerId);
        await foreach (V1.ExportCustomerResponse record in export.ReadAsync(customer, context.CancellationToken))
            await responseStream.WriteAsync(record, context.CancellationToken);
    }

    private static CustomerId CustomerOf(string value)
    {
        var checks = new RequestChecks();
        CustomerId customer = checks.Customer(value);
        checks.ThrowIfWrong();
        return customer;
    }
}
