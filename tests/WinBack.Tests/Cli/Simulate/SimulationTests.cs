using WinBack.Adapters.Playbooks;
using WinBack.Cli.Replay;
using WinBack.Cli.Simulate;
using WinBack.Core.Features;
using WinBack.Core.Policy.Updates;

namespace WinBack.Tests.Cli.Simulate;

/// <summary>When a simulation decides, and what it counts.</summary>
public sealed class SimulationTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Returns are left out of it: an odds ratio a hair above 1 wins nobody.</summary>
    private const string Head = """
        name: test
        currency: EUR
        unknown_consent: { email: allow, call: allow }
        value: { floor: 1000, unsubscribe_cost: 0 }

        """;

    private const string Carts = Head + """
        actions:
          - { name: first, channel: email, content: a, requires_lapse: false, response_odds_ratio: 1.001 }
          - { name: second, channel: email, content: a, requires_lapse: false, response_odds_ratio: 1.001 }
          - { name: third, channel: email, content: a, requires_lapse: false, response_odds_ratio: 1.001 }
        sequences:
          - name: cart
            trigger: abandoned_cart
            within: 3d
            days: 5
            steps:
              - { name: reminder, at: 1h, actions: [first] }
              - { name: help, at: 24h, actions: [second] }
              - { name: last, at: 72h, actions: [third] }
        """;

    /// <summary>Left behind at 20:00: the mails go out at 21:00, 20:00 of the next day and 20:00 two days later.</summary>
    [Fact]
    [Trait("Rule", "A9")]
    public async Task Cart_StepsAreSentToTheHour()
    {
        SimulationTally tally = await RunAsync(Carts, 6, [
            Event("c", -1, e => e.Engagement = new V1.EngagementEvent { Viewed = new() { Category = "tea" } }),
            Event("c", 8 / 24.0, e => e.Engagement = new V1.EngagementEvent { Cart = Abandoned() }),
        ]);
        Assert.Equal([1, 1, 0, 1, 0, 0], tally.TouchesByDay);
        Assert.Equal(["cart: 1 reminder", "cart: 2 help", "cart: 3 last"], tally.ByStep.Names);
        Assert.Equal([9, 32, 80], tally.Times.Select(t => (t - Start).TotalHours));
    }

    /// <summary>One window is early in the morning in Tokyo, the other late in the day in Los Angeles; decisions begin at noon UTC.</summary>
    [Fact]
    [Trait("Rule", "C4")]
    public async Task Windows_OfOtherZones_AreMet()
    {
        const string playbook = Head + """
            send_windows:
              zones_when_unknown: [Etc/UTC]
              windows: [ { channel: email, from: "07:00", to: "07:20" } ]
            actions:
              - { name: mail, channel: email, content: a, response_odds_ratio: 1.001 }
            caps: [ { name: once, limit: 1, window: 30d } ]
            """;
        SimulationTally tally = await RunAsync(playbook, 1, [
            .. Zoned("tokyo", "Asia/Tokyo"), .. Zoned("angeles", "America/Los_Angeles"), .. Zoned("nowhere", ""),
        ]);
        // 07:00 is 22:00 UTC in Tokyo and 14:00 UTC in Los Angeles.
        Assert.Equal([2, 10, 19], tally.Times.Select(t => (t - Start).TotalHours));
    }

    /// <summary>Who left because something was missing hears nothing until it is there, and then at once.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "L6")]
    [Trait("Rule", "A6")]
    public async Task Update_WakesWhomItConcerns_WhenItIsPublished(bool isPublished)
    {
        const string playbook = Head + """
            caps: [ { name: quarter, scope: action, of: news, min_gap: 91d } ]
            actions:
              - { name: news, channel: email, content: a, product_update: true, response_odds_ratio: 1.001 }
            """;
        var update = new ProductUpdate("u1", "Offline sync", [], ["sync"], Start.AddDays(3.25), null);
        SimulationTally tally = await RunAsync(
            playbook, 6,
            [.. Cancelled("concerned", "no sync with my phone"), .. Cancelled("other", "no dark colours")],
            new UpdateCatalogue(isPublished ? [update] : []));
        Assert.Equal(isPublished ? [3.25] : [], tally.Times.Select(t => (t - Start).TotalDays));
    }

    /// <summary>C6: never more than there is; and once it is known who asks, what is left goes to the one it is worth most on.</summary>
    [Fact]
    [Trait("Rule", "C6")]
    public async Task Capacity_IsNeverExceeded_AndHasAPrice()
    {
        const string playbook = """
            name: test
            currency: EUR
            unknown_consent: { call: allow }
            value: { order_value: average_order_value, orders_per_year: purchases_365d }
            caps: [ { name: once, limit: 1, window: 30d } ]
            actions:
              - { name: talk, channel: call, content: a, response_odds_ratio: 3 }
            capacities:
              - { name: calls, channel: call, limit: 3, period: week, zone: Etc/UTC }
            """;
        SimulationTally tally = await RunAsync(playbook, 13, [.. Enumerable.Range(10, 12).Select(i => Bought($"c{i}", 20 * i * i))]);
        Assert.Equal(3, tally.ByCapacity["calls/all from 2026-06-01, of 3"]);
        Assert.InRange(tally.ByCapacity["calls/all from 2026-06-08, of 3"], 1, 3);
        Assert.Equal(2, tally.ByCapacity.Names.Count);
        Assert.Contains(new[] { "c18", "c19", "c20", "c21" }, id => tally.Customers[id].Touches == 1);
        Assert.Equal(0, tally.Customers["c13"].Touches);
        Assert.Contains("capacity (C6 calls", tally.Customers["c13"].Nothing, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "E2")]
    public async Task Holdout_IsCountedAndExplained()
    {
        const string playbook = Head + """
            holdout: { percent: 50, salt: s }
            actions:
              - { name: mail, channel: email, content: a, response_odds_ratio: 1.001 }
            """;
        SimulationTally tally = await RunAsync(playbook, 2, [.. Enumerable.Range(0, 40).SelectMany(i => Zoned($"c{i}", ""))]);
        CustomerTally[] heldOut = [.. tally.Customers.Values.Where(c => c.WouldHaveGot)];
        Assert.InRange(heldOut.Length, 8, 32);
        Assert.All(heldOut, c => Assert.Equal((0, "browsed_only: held out (E2)"), (c.Touches, c.Nothing)));
        Assert.All(tally.Customers.Values.Except(heldOut), c => Assert.Equal(1, Math.Min(1, c.Touches)));
    }

    private static async Task<SimulationTally> RunAsync(string playbook, int days, V1.CustomerEvent[] events, UpdateCatalogue? updates = null)
    {
        PlaybookFileResult read = PlaybookFile.Parse("p.yaml", playbook, FeatureSchema.Default.Names);
        Assert.Empty(read.Errors);
        var setting = new SimulationSetting(
            ServedModels.Load(RepositoryFiles.Path("models"), "--models"), Start, days, TimeSpan.FromDays(1), "1", updates ?? UpdateCatalogue.Empty);
        return await new Simulation(read.Model!, setting).RunAsync(events.OrderBy(e => e.EventTime.ToDateTimeOffset()), (_, _) => { }, default);
    }

    /// <summary>Looked around 70 days ago, in a zone.</summary>
    private static IEnumerable<V1.CustomerEvent> Zoned(string customer, string zone)
    {
        yield return Event(customer, -70, e => e.Engagement = new V1.EngagementEvent { Viewed = new() { Category = "tea" } });
        if (zone.Length > 0) yield return Event(customer, -70, e => e.Profile = new V1.ProfileEvent { TimeZone = zone });
    }

    private static V1.CustomerEvent Bought(string customer, int amount) => Event(customer, -70, e => e.Billing = new V1.BillingEvent
    {
        Kind = V1.BillingEvent.Types.Kind.Purchase, Amount = new V1.Money { AmountMicros = amount * 1_000_000L, CurrencyCode = "GBP" }, ItemCount = 1,
    });

    private static IEnumerable<V1.CustomerEvent> Cancelled(string customer, string text) =>
    [
        Event(customer, -100, e => e.Lifecycle = new V1.LifecycleEvent { Kind = V1.LifecycleEvent.Types.Kind.SignedUp }),
        Event(customer, -10, e => e.Lifecycle = new V1.LifecycleEvent
        {
            Kind = V1.LifecycleEvent.Types.Kind.Cancelled, Reason = V1.LapseReason.ProductFit, ReasonText = text,
        }),
    ];

    private static V1.EngagementEvent.Types.Cart Abandoned() => new()
    {
        Status = V1.EngagementEvent.Types.Cart.Types.Status.Abandoned,
        Value = new V1.Money { AmountMicros = 50_000_000, CurrencyCode = "GBP" },
        ItemCount = 1,
    };

    private static V1.CustomerEvent Event(string customer, double day, Action<V1.CustomerEvent> fill)
    {
        var e = new V1.CustomerEvent
        {
            CustomerId = customer,
            EventTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Start.AddDays(day)),
        };
        fill(e);
        e.EventId = FormattableString.Invariant($"{customer}/{day}/{e.PayloadCase}");
        return e;
    }
}
