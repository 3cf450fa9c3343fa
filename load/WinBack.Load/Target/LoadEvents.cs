using Google.Protobuf.WellKnownTypes;

namespace WinBack.Load.Target;

/// <summary>The events that scenarios send.</summary>
internal static class LoadEvents
{
    private static readonly string[] Features = ["report", "export", "share", "search"];
    private static long _sent;

    internal static V1.CustomerEvent Purchase(string customer, string id, DateTimeOffset time) => Of(
        customer, id, time, e => e.Billing = new V1.BillingEvent
        {
            Kind = V1.BillingEvent.Types.Kind.Purchase,
            Amount = new V1.Money { AmountMicros = 80_000_000, CurrencyCode = "GBP" },
            ItemCount = 3,
            Category = "gift",
        });

    internal static V1.CustomerEvent OptOut(string customer, V1.Channel channel, DateTimeOffset time) => Of(
        customer, NewId(), time, e => e.Consent = new V1.ConsentEvent { Channel = channel, Kind = V1.ConsentEvent.Types.Kind.Withdrawn });

    internal static V1.CustomerEvent Opened(V1.Decision decision, DateTimeOffset time) => Of(
        decision.CustomerId, NewId(), time, e => e.Outcome = new V1.OutcomeEvent
        {
            DecisionId = decision.DecisionId, Kind = V1.OutcomeEvent.Types.Kind.Opened, Channel = decision.Channel,
        });

    /// <summary>What customers do most: uses and logins, some views and purchases.</summary>
    /// <param name="draw">Any number; decides the kind.</param>
    internal static V1.CustomerEvent Everyday(string customer, DateTimeOffset time, ulong draw) => (draw % 20) switch
    {
        < 11 => Of(customer, NewId(), time, e => e.Usage = new V1.UsageEvent { Feature = Features[draw % 4], Quantity = 1, DurationSeconds = 60 }),
        < 15 => Of(customer, NewId(), time, e => e.Login = new V1.LoginEvent { Device = "web" }),
        < 18 => Of(customer, NewId(), time, e => e.Engagement = new V1.EngagementEvent
        {
            Viewed = new V1.EngagementEvent.Types.Viewed { Category = "gift" },
        }),
        _ => Purchase(customer, NewId(), time),
    };

    /// <summary>Another one in each run, unlike those of <see cref="PopulationEvents"/>: a repeated id would be dropped.</summary>
    internal static string NewId() => $"load-{Environment.ProcessId:x}-{DateTime.UtcNow.Ticks:x}-{Interlocked.Increment(ref _sent):x}";

    private static V1.CustomerEvent Of(string customer, string id, DateTimeOffset time, Action<V1.CustomerEvent> fill)
    {
        var e = new V1.CustomerEvent
        {
            EventId = id, CustomerId = customer, EventTime = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).ToTimestamp(),
            Source = "load",
        };
        fill(e);
        return e;
    }
}
