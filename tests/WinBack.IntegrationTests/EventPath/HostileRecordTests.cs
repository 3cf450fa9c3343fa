using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Core.Decisions;
using WinBack.Core.State;
using WinBack.Testing;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>Records that the oracle's log cannot hold: each must become a dead letter, and the partition must go on.</summary>
[Collection(FaultCollection.Name)]
public sealed class HostileRecordTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = "c1"u8.ToArray();

    /// <summary>With the reason that its dead letter must carry.</summary>
    private static readonly (string Reason, Message<byte[], byte[]> Message)[] Hostile =
    [
        ("NoTimestamp", new() { Key = Key, Value = Login("e1"), Timestamp = At(long.MaxValue / 1_000) }),
        ("NoTimestamp", new() { Key = Key, Value = Login("e2"), Timestamp = At(long.MaxValue) }),
        ("NoTimestamp", new() { Key = Key, Value = Login("e3"), Timestamp = At(-5) }),
        ("Undecodable", new() { Key = Key, Value = new byte[1_500_000], Timestamp = At(Start.ToUnixTimeMilliseconds()) }),
        ("Undecodable", Json("{")),
        ("EmptyValue", Json("")),
        ("Undecodable", Json(string.Concat(Enumerable.Repeat("{\"engagement\":", 10_000)))),
        ("Undecodable", Json(new string('[', 100_000))),
        ("UnknownContentType", WithType(Login("e4"), new string('x', 900_000))),
        ("UnknownContentType", WithType(Login("e5"), "")),
    ];

    [Fact]
    public async Task HostileRecords_EachIsADeadLetter_TheNextRecordIsFolded()
    {
        var options = new KafkaOptions { SessionTimeout = TimeSpan.FromSeconds(3) };
        await using KafkaBroker broker = await KafkaBroker.StartAsync(options.Topics.All(), partitions: 1);
        options.BootstrapServers = broker.BootstrapServers;
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(server.Patient);
        ProducerConfig settings = ClientConfigs.Producer(options);
        settings.MessageMaxBytes = 10_000_000;
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(settings).Build();
        foreach ((_, Message<byte[], byte[]> message) in Hostile) await producer.ProduceAsync(options.Topics.Login, message);
        var untyped = new Message<byte[], byte[]>
        {
            Key = Key,
            Value = Login("good"),
            Timestamp = At(Start.ToUnixTimeMilliseconds()),
            Headers = new Headers { { "content-type", null } },
        };
        await producer.ProduceAsync(options.Topics.Login, untyped);

        IngestProgress progress = await FoldAsync(options, redis, Hostile.Length + 1);
        Assert.Equal(1, progress[FoldOutcome.Folded]);
        Assert.Equal(Hostile.Length, progress[FoldOutcome.DeadLetter]);
        IEnumerable<DivertedLetter> letters =
            DivertedLetter.ReadAll(options, options.Topics.DeadLetter).DistinctBy(l => l.Identity).OrderBy(l => l.Offset);
        Assert.Equal(Hostile.Select(h => h.Reason), letters.Select(l => l.Reason));
        // What the producer of dead letters cannot send is left out; the identity remains.
        Assert.All(
            letters.Zip(Hostile),
            pair => Assert.Equal(pair.Second.Message.Value.Length < 1_000_000 ? pair.Second.Message.Value : null, pair.First.Value));
    }

    private static async Task<IngestProgress> FoldAsync(KafkaOptions options, ConnectionMultiplexer redis, int records)
    {
        var progress = new IngestProgress();
        using var stop = new CancellationTokenSource(FaultRig.Patience);
        using var worker = new IngestWorker(
            options, new FoldOptions(), redis.GetDatabase(), progress, TimeProvider.System, NullLogger<IngestWorker>.Instance);
        Task running = Task.Factory.StartNew(() => worker.Run(stop.Token), TaskCreationOptions.LongRunning);
        while (progress.Records < records && !running.IsCompleted) await Task.Delay(20, CancellationToken.None);
        await stop.CancelAsync();
        await running;
        return progress;
    }

    private static byte[] Login(string id) => new V1.CustomerEvent
    {
        EventId = id, CustomerId = "c1", EventTime = Start.ToTimestamp(), Login = new V1.LoginEvent(),
    }.ToByteArray();

    private static Confluent.Kafka.Timestamp At(long unixMs) => new(unixMs, TimestampType.CreateTime);

    private static Message<byte[], byte[]> Json(string text) => WithType(Encoding.UTF8.GetBytes(text), "application/json");

    private static Message<byte[], byte[]> WithType(byte[] value, string type) => new()
    {
        Key = Key,
        Value = value,
        Timestamp = At(Start.ToUnixTimeMilliseconds()),
        Headers = new Headers { { "content-type", Encoding.UTF8.GetBytes(type) } },
    };
}
