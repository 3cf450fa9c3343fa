using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Redis;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Service.Grpc.Customers;

/// <summary>
/// Suppression and erasure (rules C1). Redis first: from its answer on nothing is decided or confirmed against the
/// customer's wish. Then the events, because only the fold writes states: they make it last, through every replay. When
/// Kafka does not answer, the wish is in force all the same, and the caller is told to ask again.
/// </summary>
internal sealed class CustomerRights(CustomerStore customers, CustomerEventSender events, TimeProvider time)
{
    private static readonly Channel[] AllChannels = [.. System.Enum.GetValues<Channel>().Where(channel => channel != Channel.None)];

    /// <param name="channels">Empty for all.</param>
    internal async Task<V1.Suppression> SuppressAsync(
        CustomerId customer, IReadOnlyList<Channel> channels, CancellationToken cancellation)
    {
        DateTimeOffset now = Now();
        IReadOnlyList<Channel> closed = channels.Count > 0 ? channels : AllChannels;
        Suppression suppression = await customers.SuppressAsync(customer, found => found.With(closed, now), cancellation);
        var withdrawals = closed.Select(channel => New(customer, $"suppress-{channel}-{now.ToUnixTimeMilliseconds()}", now, e =>
            e.Consent = new V1.ConsentEvent { Channel = (V1.Channel)channel, Kind = V1.ConsentEvent.Types.Kind.Withdrawn }));
        await events.SendAsync([.. withdrawals], now, cancellation);
        return ToProto(customer, suppression);
    }

    internal async Task<V1.EraseCustomerResponse> EraseAsync(CustomerId customer, CancellationToken cancellation)
    {
        DateTimeOffset now = Now();
        Suppression suppression = await customers.SuppressAsync(customer, found => found.WithErasure(now), cancellation);
        int erased = await customers.ForgetAsync(customer, cancellation);
        V1.CustomerEvent erasure = New(customer, "erase", now, e =>
            e.Lifecycle = new V1.LifecycleEvent { Kind = V1.LifecycleEvent.Types.Kind.Erased });
        await events.SendAsync([erasure], now, cancellation);
        return new V1.EraseCustomerResponse { EraseTime = suppression.EraseTime!.Value.ToTimestamp(), ErasedDecisions = erased };
    }

    internal static V1.Suppression ToProto(CustomerId customer, Suppression suppression)
    {
        var message = new V1.Suppression { CustomerId = customer.Value, EraseTime = suppression.EraseTime?.ToTimestamp() };
        foreach ((Channel channel, DateTimeOffset since) in suppression.Channels)
            message.Channels.Add(new V1.SuppressedChannel { Channel = (V1.Channel)channel, SuppressTime = since.ToTimestamp() });
        return message;
    }

    /// <summary>To the millisecond, as event times are kept.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private static V1.CustomerEvent New(CustomerId customer, string id, DateTimeOffset now, Action<V1.CustomerEvent> fill)
    {
        var e = new V1.CustomerEvent { EventId = id, CustomerId = customer.Value, EventTime = now.ToTimestamp(), Source = "winback-api" };
        fill(e);
        return e;
    }
}
