using System.Runtime.CompilerServices;
using Grpc.Core;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.State;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Grpc.Customers;

/// <summary>Everything that is kept of a customer, a record each, read as it is sent.</summary>
internal sealed class CustomerExport(CustomerStore customers, CustomerPages pages, IDecisionStore store, FeatureSchema schema)
{
    /// <exception cref="RpcException">Nothing is kept of the customer.</exception>
    internal async IAsyncEnumerable<V1.ExportCustomerResponse> ReadAsync(
        CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        SnapshotSource source = await customers.ReadAsync(customer, cancellation);
        IReadOnlyList<DecisionId> decisions = await customers.ListAsync(customer, cancellation);
        if (source.State is null && source.Caps.Count == 0 && source.Suppression.Length == 0 && decisions.Count == 0)
            throw RpcErrors.NotFound("CUSTOMER_NOT_FOUND", $"customer_id: nothing is kept of '{customer}'");

        if (source.State is not null)
            yield return new() { Customer = await pages.ReadAsync(customer, V1.CustomerView.Full, cancellation) };
        if (source.Caps.Count > 0) yield return new() { Touches = ToProto(source) };
        if (source.Suppression.Length > 0)
            yield return new() { Suppression = CustomerRights.ToProto(customer, Suppression.Parse(source.Suppression)) };
        foreach (DecisionId id in decisions)
            if (await store.GetAsync(id, cancellation) is { } decision)
                yield return new() { Decision = DecisionWire.ToProto(decision, schema, isFull: true) };
    }

    private static V1.Touches ToProto(SnapshotSource source)
    {
        var message = new V1.Touches();
        foreach ((string field, string value) in source.Caps) message.Fields.Add(field, value);
        return message;
    }
}
