using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Wire;
using WinBack.Core.Events;

namespace WinBack.Tests.Wire;

/// <summary>Right messages to start from, and the reader that they go through.</summary>
internal static class Messages
{
    internal static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static V1.CustomerEvent Login() => With(e => e.Login = new V1.LoginEvent { Device = "phone" });

    internal static V1.CustomerEvent Purchase(long micros = 2_550_000) => With(e => e.Billing = new V1.BillingEvent
    {
        Kind = V1.BillingEvent.Types.Kind.Purchase, Amount = Money(micros),
    });

    internal static V1.Money Money(long micros = 1_000_000) => new() { AmountMicros = micros, CurrencyCode = "GBP" };

    /// <summary>An event of customer "c1" with the payload that <paramref name="fill"/> puts in.</summary>
    internal static V1.CustomerEvent With(Action<V1.CustomerEvent> fill)
    {
        var e = new V1.CustomerEvent { EventId = "e1", CustomerId = "c1", EventTime = Time.ToTimestamp() };
        fill(e);
        return e;
    }

    internal static EventRecord Read(V1.CustomerEvent message) => Read(message.ToByteArray(), null, message.CustomerId);

    internal static EventRecord ReadJson(string json, string customer = "c1") =>
        Read(Encoding.UTF8.GetBytes(json), EventReader.JsonContentType, customer);

    internal static EventRecord Read(byte[]? value, string? contentType = null, string? key = "c1") =>
        new EventReader(1, "GBP").Read(
            EventStream.Login, 0, 7, Time, key is null ? null : Encoding.UTF8.GetBytes(key), value, contentType);
}
