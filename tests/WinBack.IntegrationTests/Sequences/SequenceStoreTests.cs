using WinBack.Adapters.Playbooks;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.State;
using WinBack.IntegrationTests.Caps;
using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Sequences;

/// <summary>The shipped sequence for customers lost to the price, lived through in a store: 46 days of its clock.</summary>
public sealed class SequenceStoreTests
{
    private static readonly CustomerId Customer = new("c1");

    /// <summary>A Monday in the afternoon of London, and the morning of New York: the windows of the playbook are open in both.</summary>
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 15, 0, 0, TimeSpan.Zero);
    private static readonly DecisionPipeline Pipeline = new(FeatureSchema.Default.Hash, StoreBench.Partitions);

    private static readonly PlaybookModel Playbook = PlaybookFile.Load(
        Path.Combine(Repository.Root, "playbooks", "subscription.yaml"), FeatureSchema.Default.Names).Model!;

    private int _requests;

    [Theory]
    [InlineData("memory")]
    [InlineData("redis-server")]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    [Trait("Rule", "S5")]
    [Trait("Rule", "A1")]
    public async Task WholeSequence_EverythingOnItsDay_AndNothingAfter(string kind)
    {
        await using ServerOrMemory servers = await ServerOrMemory.StartAsync(kind);
        await using StoreBench bench = await servers.OpenAsync();
        await bench.SetStateAsync(Customer, State());
        var sent = new List<string>();
        DateTimeOffset? promised = null;
        for (int day = 0; day <= 46; day++)
        {
            bench.SetClock(Day(day));
            Decision decision = await DecideAsync(bench, day);
            if (decision.Kind == DecisionKind.NoAction) continue;
            if (decision.Chosen!.OfferEnd is { } end)
            {
                promised ??= end;
                Assert.Equal(promised, end);
            }

            // Now and then a message is not sent after all: the day after it is decided on again.
            if (day is 0 or 8 or 24)
            {
                Assert.Equal(ReleaseOutcome.Released, (await bench.Store.ReleaseAsync(decision.Id!.Value)).Outcome);
                if (day == 24) promised = null;
                continue;
            }

            Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Store.ConfirmAsync(decision.Id!.Value)).Outcome);
            sent.Add($"{day} {decision.Chosen.Sequence}/{decision.Chosen.Step}");
        }

        // Days count from the first touch that was sent, on day 1.
        Assert.Equal(
            ["1 price/reminder", "9 price/value", "16 price/smaller_plan", "25 price/old_price", "38 price/last_day"], sent);
        // Of 14 days from January 30th: the end of February 13th.
        Assert.Equal(new DateTimeOffset(2026, 2, 14, 5, 0, 0, TimeSpan.Zero), promised);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("redis-server")]
    [Trait("Rule", "S3")]
    public async Task ReturnMidway_VoidsWhatIsReserved_AndStopsTheRest(string kind)
    {
        await using ServerOrMemory servers = await ServerOrMemory.StartAsync(kind);
        await using StoreBench bench = await servers.OpenAsync();
        await bench.SetStateAsync(Customer, State());
        bench.SetClock(Start);
        await bench.Store.ConfirmAsync((await DecideAsync(bench, 0)).Id!.Value);
        bench.SetClock(Day(8));
        Decision reserved = await DecideAsync(bench, 8);
        Assert.Equal("price_value", reserved.Action);
        await bench.SetStateAsync(Customer, State(Day(8)));
        Assert.Equal(ConfirmOutcome.Reengaged, (await bench.Store.ConfirmAsync(reserved.Id!.Value)).Outcome);
        for (int day = 9; day <= 46; day++)
        {
            bench.SetClock(Day(day));
            Assert.Equal(DecisionKind.NoAction, (await DecideAsync(bench, day)).Kind);
        }
    }

    /// <summary>Callers that all decide on the same state: one starts the sequence, the lists turn the others down.</summary>
    [Theory]
    [InlineData("memory")]
    [InlineData("redis-server")]
    [Trait("Rule", "S4")]
    public async Task ManyCallersAtOnce_OneTouch(string kind)
    {
        await using ServerOrMemory servers = await ServerOrMemory.StartAsync(kind);
        await using StoreBench bench = await servers.OpenAsync();
        await bench.SetStateAsync(Customer, State());
        bench.SetClock(Start);
        CustomerSnapshot same = await bench.Store.ReadAsync(Customer);
        ReserveReply[] replies = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => bench.Store.ReserveAsync(Plan(same, 0))));
        Assert.Equal(1, replies.Count(r => r.Decision!.Kind == DecisionKind.Action));
        Assert.All(
            replies.Where(r => r.Decision!.Kind == DecisionKind.NoAction),
            r => Assert.Contains(r.Decision!.CapRejections, c => c.Rule == "S4 @s"));
    }

    /// <summary>Each day five minutes later: the clock of a server runs on, so a touch is a little later than its decision.</summary>
    private static DateTimeOffset Day(int day) => Start.AddDays(day).AddMinutes(5 * day);

    private async Task<Decision> DecideAsync(StoreBench bench, int day) =>
        (await bench.Store.ReserveAsync(Plan(await bench.Store.ReadAsync(Customer), day))).Decision!;

    private DecisionPlan Plan(CustomerSnapshot snapshot, int day)
    {
        DateTimeOffset asOf = Day(day);
        var context = new FeatureContext();
        context.Load(snapshot.State!, asOf);
        float[] features = new float[FeatureSchema.Default.Count];
        FeatureSchema.Default.Write(context, features);
        var request = new DecisionRequest(Customer, new Guid(Interlocked.Increment(ref _requests), 0, 0, new byte[8]), [Channel.Email]);
        return Pipeline.Plan(request, snapshot, features, new Scores(0.8, 0.2, []), Playbook, asOf);
    }

    /// <summary>Paid for a year, and cancelled for the price on the day before; perhaps came back.</summary>
    private static byte[] State(DateTimeOffset? back = null)
    {
        var state = new CustomerState();
        var pipeline = new EventPipeline(new FoldOptions());
        var events = new List<(DateTimeOffset Time, EventPayload Payload)>
        {
            (Start.AddDays(-400), new LifecyclePayload(LifecycleKind.SignedUp, LapseReason.None, "")),
            (Start.AddDays(-30), new BillingPayload(BillingKind.Payment, 100_000_000, 0, "", "", "pro", 100_000_000)),
            (Start.AddDays(-3), new LoginPayload("web")),
            (Start.AddDays(-1), new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, "")),
        };
        if (back is { } time) events.Add((time, new LoginPayload("web")));
        for (int i = 0; i < events.Count; i++)
            pipeline.Fold(
                new EventRecord(
                    EventStream.Engagement, 0, i, events[i].Time,
                    new CustomerEvent(new EventId($"e{i}"), Customer, events[i].Time, "", events[i].Payload)),
                state);
        return new StateCodec().Encode(state).ToArray();
    }
}
