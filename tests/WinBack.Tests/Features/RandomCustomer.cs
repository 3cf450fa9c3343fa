using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Tests.State;

namespace WinBack.Tests.Features;

/// <summary>The events of one customer as a list, and the state that they fold into.</summary>
internal sealed class RandomCustomer
{
    private readonly List<(EventPayload Payload, DateTimeOffset Time)> _events = [];

    internal RandomCustomer(int seed, int events, DateTimeOffset from, TimeSpan span)
    {
        var random = new Random(seed);
        for (int i = 0; i < events; i++)
        {
            EventPayload payload = random.Next(10) switch
            {
                0 or 1 => new LoginPayload(""),
                2 or 3 => FoldBench.Purchase(random.Next(1, 100_000_000), random.Next(1, 9)),
                4 => new BillingPayload(BillingKind.Refund, random.Next(1, 5_000_000), 1, "", "", "", null),
                5 => new BillingPayload(BillingKind.FailedPayment, 1, 0, "", "", "", null),
                6 => new UsagePayload($"f{random.Next(3)}", random.Next(1, 9), random.Next(1_000), random.Next(2)),
                7 => new ViewedPayload("/p", ""),
                8 => new SupportCasePayload(random.Next(2) == 0, random.Next(6)),
                _ => new OutcomePayload("d", random.Next(2) == 0 ? OutcomeKind.Sent : OutcomeKind.Clicked, Channel.Email, 0),
            };
            _events.Add((payload, from + (span * random.NextDouble())));
        }

        _events.Sort((a, b) => a.Time.CompareTo(b.Time));
    }

    internal IEnumerable<(EventPayload Payload, DateTimeOffset Time)> Before(DateTimeOffset asOf) =>
        _events.Where(e => e.Time < asOf);

    internal CustomerState StateBefore(DateTimeOffset asOf)
    {
        var bench = new FoldBench();
        foreach ((EventPayload payload, DateTimeOffset time) in Before(asOf)) bench.Add(payload, time);
        return bench.State;
    }
}
