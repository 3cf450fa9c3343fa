using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Testing;

namespace WinBack.Bench.Decisions;

/// <summary>
/// What publishing a decision costs the worker, from the outbox in a real redis-server to the acknowledgement of librdkafka's mock broker,
/// whose own time is in it, since it runs in this process. One operation is one decision of a full pass.
/// </summary>
[MemoryDiagnoser]
public class OutboxDrainBenchmarks
{
    private const int Decisions = 2_000;

    private readonly PartitionKeys _keys = new(0);
    private readonly PartitionWatermark _held = PartitionWatermark.Cold(1).WithEpoch(1, 1);
    private RedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;
    private IProducer<byte[], byte[]> _producer = null!;
    private OutboxDrain _drain = null!;
    private RedisValue[] _requests = [];

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        _producer.Dispose();
        _redis.Dispose();
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(OperationsPerInvoke = Decisions)]
    public int Drain() => DrainAsync().GetAwaiter().GetResult();

    /// <summary>Decisions are kept after they are published, so they can stand in the outbox once more.</summary>
    private async Task<int> DrainAsync()
    {
        await _redis.GetDatabase().ListRightPushAsync(_keys.Outbox, _requests);
        int published = 0;
        while (await _drain.DrainAsync(_held, CancellationToken.None) is var passed and > 0) published += passed;
        return published == Decisions ? published : throw new InvalidOperationException($"{published} of {Decisions} were published");
    }

    private async Task SetupAsync()
    {
        _server = await RedisServer.StartAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.Address);
        IDatabase database = _redis.GetDatabase();
        var kafka = new KafkaOptions();
        kafka.Client["test.mock.num.brokers"] = "1";
        _producer = new ProducerBuilder<byte[], byte[]>(ClientConfigs.DecisionProducer(kafka)).Build();
        _drain = new OutboxDrain(database, _keys, _producer, kafka.Topics.Decisions, NullLogger.Instance);
        await database.StringSetAsync(_keys.Watermark, _held.Bytes);
        await ReserveAsync(database);
        _requests = await database.ListRangeAsync(_keys.Outbox);
        await database.KeyDeleteAsync(_keys.Outbox);
    }

    private static async Task ReserveAsync(IDatabase database)
    {
        var programme = new ShippedProgramme();
        var options = new RedisOptions
        {
            CommandTimeout = TimeSpan.FromSeconds(30), ClockOffset = ShippedProgramme.Now - TimeProvider.System.GetUtcNow(),
        };
        var store = new DecisionStore(database, options, partitionCount: 1);
        var pipeline = new DecisionPipeline("bench", partitionCount: 1);
        for (int i = 0; i < Decisions; i++)
        {
            // Every second one is turned down by the caps.
            var customer = new CustomerId($"bench-{i / 2}");
            CustomerSnapshot read = await store.ReadAsync(customer);
            var known = CustomerSnapshot.Of(new SnapshotSource(programme.Blob, read.Source.Caps), read.Caps);
            await store.ReserveAsync(pipeline.Plan(
                new DecisionRequest(customer, Guid.NewGuid(), []), known, programme.Features, programme.Scorer.Score(programme.Features),
                programme.Playbook, ShippedProgramme.Now));
        }
    }
}
