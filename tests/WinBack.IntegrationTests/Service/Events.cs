using Google.Protobuf.WellKnownTypes;
using WinBack.V1;
using Channel = WinBack.V1.Channel;

namespace WinBack.IntegrationTests.Service;

/// <summary>Events as a shop would send them; every one has another id.</summary>
internal static class Events
{
    private static int _count;

    /// <summary>Five orders, a month apart, the last one so many days ago.</summary>
    internal static CustomerEvent[] Orders(string customer, double lastDaysAgo, DateTimeOffset now) =>
        Enumerable.Range(0, 5).Select(i => Purchase(customer, now.AddDays(-lastDaysAgo - (30 * (4 - i))))).ToArray();

    internal static CustomerEvent Purchase(string customer, DateTimeOffset time)
    {
        CustomerEvent e = New(customer, time);
        e.Billing = new BillingEvent
        {
            Kind = BillingEvent.Types.Kind.Purchase,
            Amount = new Money { AmountMicros = 100_000_000, CurrencyCode = "GBP" },
            InvoiceId = "i" + e.EventId,
            ItemCount = 7,
            Category = "lamps",
        };
        return e;
    }

    internal static CustomerEvent Consent(string customer, Channel channel, ConsentEvent.Types.Kind kind, DateTimeOffset time)
    {
        CustomerEvent e = New(customer, time);
        e.Consent = new ConsentEvent { Channel = channel, Kind = kind };
        return e;
    }

    internal static CustomerEvent Erased(string customer, DateTimeOffset time)
    {
        CustomerEvent e = New(customer, time);
        e.Lifecycle = new LifecycleEvent { Kind = LifecycleEvent.Types.Kind.Erased };
        return e;
    }

    private static CustomerEvent New(string customer, DateTimeOffset time) => new()
    {
        EventId = $"e{Interlocked.Increment(ref _count)}", CustomerId = customer, EventTime = time.ToTimestamp(), Source = "test",
    };
}
