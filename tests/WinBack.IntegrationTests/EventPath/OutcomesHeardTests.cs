using Confluent.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.FaultWorker;
using WinBack.IntegrationTests.Caps;
using WinBack.Testing;
using Timestamp = Confluent.Kafka.Timestamp;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>
/// Outcomes on Kafka correct what caps count, effectively once: a worker dies, or sleeps and wakes as a zombie, between
/// correcting the caps and moving the watermark. In the end the caps are those of a ledger that heard each outcome once.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class OutcomesHeardTests : IAsyncLifetime
{
    private const int Customers = 24, TouchesEach = 3;
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly CapUse[] Caps =
    [
        new("sent/all", 100, Month, true, Counts: CapUnit.Sent), new("delivered/all", 100, Month, true, Counts: CapUnit.Delivered),
        new("seen/all", 100, Month, true, Counts: CapUnit.Impression),
    ];

    private readonly KafkaOptions _kafka = new()
    {
        SessionTimeout = TimeSpan.FromSeconds(2), WatermarkCheck = TimeSpan.FromMilliseconds(200), MaxChunkCustomers = 2,
    };

    private readonly Dictionary<CustomerId, CapLedger> _expected = [];
    private readonly DateTimeOffset _now =
        DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    private (long Sent, long Returned) _responses;
    private KafkaBroker? _broker;
    private RedisServer? _redis;
    private ConnectionMultiplexer? _connection;
    private DecisionStore? _store;

    public async Task InitializeAsync()
    {
        _broker = await KafkaBroker.StartAsync(_kafka.Topics.All(), StoreBench.Partitions);
        _kafka.BootstrapServers = _broker.BootstrapServers;
        _redis = await RedisServer.StartAsync();
        _connection = await ConnectionMultiplexer.ConnectAsync(_redis.Patient);
        _store = new DecisionStore(
            _connection.GetDatabase(), new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, StoreBench.Partitions);
    }

    public async Task DisposeAsync()
    {
        await _connection!.DisposeAsync();
        await _redis!.DisposeAsync();
        await _broker!.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(WorkerStage.AfterCaps))]
    [InlineData(nameof(WorkerStage.AfterCommit))]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3")]
    public async Task WorkerKilled_AnotherFinishes_HeardOnce(string stageName)
    {
        WorkerStage stage = System.Enum.Parse<WorkerStage>(stageName);
        int sent = await SendAllAsync();
        using (WorkerProcess killed = Start(Strike.Kill, stage)) await killed.WaitForEndAsync(FaultRig.Patience);
        using WorkerProcess other = Start(Strike.None, stage);
        await FinishAsync(other, sent);
        await AssertHeardAsync();
        await AssertResponsesCountedAsync();
    }

    [Fact]
    [Trait("Rule", "C3")]
    public async Task WorkerStopped_WakesAsAZombie_HeardOnce()
    {
        int sent = await SendAllAsync();
        using WorkerProcess zombie = Start(Strike.Stop, WorkerStage.AfterCaps);
        Assert.True(await FaultRig.IsTrueWithinAsync(() => zombie.IsStopped, FaultRig.Patience), zombie.Output);
        using (WorkerProcess other = Start(Strike.None, WorkerStage.AfterCaps)) await FinishAsync(other, sent);
        zombie.Resume();
        Assert.True(await FaultRig.IsTrueWithinAsync(() => zombie.Report?.Fenced > 0, FaultRig.Patience), zombie.Output);
        Assert.Equal(0, await zombie.StopAsync());
        await AssertHeardAsync();
        await AssertResponsesCountedAsync();
    }

    /// <summary>The guard: with the caps corrected last, what the crash left out is left out for good.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task CorrectedAfterTheCommit_WorkerKilled_IsNotHeard()
    {
        int sent = await SendAllAsync();
        using (WorkerProcess killed = Start(Strike.Kill, WorkerStage.AfterCommit, Mutant.CorrectsLast))
            await killed.WaitForEndAsync(FaultRig.Patience);
        using WorkerProcess other = Start(Strike.None, WorkerStage.AfterCommit, Mutant.CorrectsLast);
        await FinishAsync(other, sent);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(AssertHeardAsync);
    }

    /// <summary>Touches of all customers, and outcomes of all kinds on Kafka.</summary>
    /// <returns>How many.</returns>
    private async Task<int> SendAllAsync()
    {
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(ClientConfigs.Producer(_kafka)).Build();
        var random = new Random(3);
        var written = new List<Task>();
        for (int c = 0; c < Customers; c++)
        {
            var customer = new CustomerId($"c{c}");
            int partition = CustomerPartition.Of(customer, StoreBench.Partitions);
            await _connection!.GetDatabase().StringSetAsync(new PartitionKeys(partition).State(customer.Value), Touches.State());
            var events = new List<CustomerEvent>();
            for (int t = 0; t < TouchesEach; t++)
            {
                var id = new DecisionId(partition, Touches.Request((c * TouchesEach) + t));
                DecisionPlan plan = Touches.Plan(0, Touches.Candidate(Caps)) with { Id = id, Customer = customer, DecideTime = _now };
                int before = events.Count;
                await _store!.ReserveAsync(plan);
                Assert.Equal(ConfirmOutcome.Confirmed, (await _store.ConfirmAsync(id)).Outcome);
                for (int o = random.Next(1, 4); o > 0; o--)
                    events.Add(new CustomerEvent(
                        new EventId($"o{c}-{t}-{o}"), customer, _now.AddMilliseconds(o), "",
                        new OutcomePayload(id.ToString(), random.GetItems(System.Enum.GetValues<OutcomeKind>()[..9], 1)[0], Channel.Email, 0)));
                AddResponses(events[before..]);
            }

            CapLedger expected = _expected[customer] = (await _store!.ReadAsync(customer)).Caps;
            foreach (CustomerEvent e in events)
            {
                if (OutcomeTouches.Of(e) is { } outcome) Assert.True(expected.Hear(outcome));
                written.Add(producer.ProduceAsync(new TopicPartition(_kafka.Topics.Outcome, new Partition(partition)), Message(e)));
            }
        }

        await Task.WhenAll(written);
        return written.Count;
    }

    /// <summary>A touch counts once as sent and once as answered, whatever is told of it how often.</summary>
    private void AddResponses(List<CustomerEvent> outcomes)
    {
        OutcomeKind[] kinds = [.. outcomes.Select(e => ((OutcomePayload)e.Payload).Kind)];
        if (kinds.Contains(OutcomeKind.Sent) || kinds.Contains(OutcomeKind.Converted)) _responses.Sent++;
        if (kinds.Contains(OutcomeKind.Converted)) _responses.Returned++;
    }

    private async Task AssertResponsesCountedAsync()
    {
        (long Sent, long Returned) found = default;
        for (int p = 0; p < StoreBench.Partitions; p++)
        {
            RedisKey day = new PartitionKeys(p).Responses(DateOnly.FromDateTime(_now.UtcDateTime));
            foreach (HashEntry entry in await _connection!.GetDatabase().HashGetAllAsync(day))
            {
                string field = entry.Name.ToString();
                if (field.StartsWith("s ", StringComparison.Ordinal)) found.Sent += (long)entry.Value;
                if (field.StartsWith("r ", StringComparison.Ordinal)) found.Returned += (long)entry.Value;
            }
        }

        Assert.True(_responses.Returned > 0);
        Assert.Equal(_responses, found);
    }

    private Message<byte[], byte[]> Message(CustomerEvent e)
    {
        var outcome = (OutcomePayload)e.Payload;
        return new Message<byte[], byte[]>
        {
            Key = System.Text.Encoding.UTF8.GetBytes(e.Customer.Value),
            Value = new V1.CustomerEvent
            {
                EventId = e.Id.Value, CustomerId = e.Customer.Value, EventTime = e.EventTime.ToTimestamp(),
                Outcome = new V1.OutcomeEvent
                {
                    DecisionId = outcome.DecisionId, Kind = (V1.OutcomeEvent.Types.Kind)outcome.Kind, Channel = (V1.Channel)outcome.Channel,
                },
            }.ToByteArray(),
            Timestamp = new Timestamp(_now),
        };
    }

    private WorkerProcess Start(Strike strike, WorkerStage stage, Mutant mutant = Mutant.None) =>
        WorkerProcess.Start(_kafka, _redis!.Address, new FaultOptions { Strike = strike, Stage = stage, After = 3, Mutant = mutant });

    private async Task FinishAsync(WorkerProcess worker, int outcomes)
    {
        Assert.True(await FaultRig.IsTrueWithinAsync(() => NextOffset() == outcomes, FaultRig.Patience), worker.Output);
        Assert.Equal(0, await worker.StopAsync());
    }

    private long NextOffset() => Enumerable.Range(0, StoreBench.Partitions).Sum(p =>
        (byte[]?)_connection!.GetDatabase().StringGet(new PartitionKeys(p).Watermark) is { } bytes
            ? Math.Max(0, PartitionWatermark.Parse(bytes).NextOffset(EventStream.Outcome))
            : 0);

    private async Task AssertHeardAsync()
    {
        foreach ((CustomerId customer, CapLedger expected) in _expected)
        {
            CapLedger found = (await _store!.ReadAsync(customer)).Caps;
            foreach (CapUse cap in Caps)
            {
                Assert.Equal(expected.StampsOf(cap.Key), found.StampsOf(cap.Key));
                Assert.Equal(expected.ImpressionsOf(cap.Key), found.ImpressionsOf(cap.Key));
            }

            Assert.Equal(
                expected.CountedTouches.Select(t => (t.Key, t.Value.Heard)).Order(),
                found.CountedTouches.Select(t => (t.Key, t.Value.Heard)).Order());
        }
    }
}
