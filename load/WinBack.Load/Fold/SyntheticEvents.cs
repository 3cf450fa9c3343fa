using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Events;

namespace WinBack.Load.Fold;

/// <summary>
/// A stream of events of a subscription shop, seeded: mostly uses and logins, some purchases, views and outcomes, spread
/// over customers and over ninety days. Record time = event time.
/// </summary>
internal sealed class SyntheticEvents(int customers, int events, int seed)
{
    private static readonly string[] Features = ["report", "export", "share", "search", "invite", "dashboard"];
    private static readonly string[] Categories = ["gift", "kitchen", "garden", "lighting", "stationery"];
    private readonly Random _random = new(seed);

    internal static DateTimeOffset Start { get; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    internal static TimeSpan Span { get; } = TimeSpan.FromDays(90);

    internal IEnumerable<(EventStream Stream, string Customer, DateTimeOffset Time, byte[] Value)> Generate()
    {
        for (int i = 0; i < events; i++)
        {
            string customer = $"c{_random.Next(customers):D7}";
            DateTimeOffset time = Start + (Span * ((double)i / events));
            var e = new V1.CustomerEvent { EventId = $"e{seed}-{i}", CustomerId = customer, EventTime = time.ToTimestamp(), Source = "load" };
            yield return (Fill(e), customer, time, e.ToByteArray());
        }
    }

    private EventStream Fill(V1.CustomerEvent e)
    {
        switch (_random.Next(100))
        {
            case < 55:
                e.Usage = new V1.UsageEvent { Feature = Pick(Features), Quantity = 1, DurationSeconds = _random.Next(600) };
                return EventStream.Usage;
            case < 75:
                e.Login = new V1.LoginEvent { Device = "web" };
                return EventStream.Login;
            case < 85:
                e.Billing = new V1.BillingEvent
                {
                    Kind = V1.BillingEvent.Types.Kind.Purchase,
                    Amount = new V1.Money { AmountMicros = _random.Next(1, 200) * 1_000_000L, CurrencyCode = "GBP" },
                    ItemCount = _random.Next(1, 9),
                    Category = Pick(Categories),
                };
                return EventStream.Billing;
            case < 97:
                e.Engagement = new V1.EngagementEvent { Viewed = new V1.EngagementEvent.Types.Viewed { Category = Pick(Categories) } };
                return EventStream.Engagement;
            default:
                e.Outcome = new V1.OutcomeEvent
                {
                    DecisionId = "0-load", Kind = V1.OutcomeEvent.Types.Kind.Opened, Channel = V1.Channel.Email,
                };
                return EventStream.Outcome;
        }
    }

    private string Pick(string[] values) => values[_random.Next(values.Length)];
}
