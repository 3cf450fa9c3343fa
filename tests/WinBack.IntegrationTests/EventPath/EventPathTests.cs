using Confluent.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Testing;

namespace WinBack.IntegrationTests.EventPath;

public sealed class EventPathTests
{
    private const int Partitions = 4;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Records_OfAllKinds_EndInStateLateOrDeadLetter(bool isGarnet)
    {
        var options = new KafkaOptions { SessionTimeout = TimeSpan.FromSeconds(3) };
        await using KafkaBroker broker = await KafkaBroker.StartAsync(options.Topics.All(), Partitions);
        options.BootstrapServers = broker.BootstrapServers;
        await using KeyValueServer server = isGarnet ? await GarnetServer.StartAsync() : await RedisServer.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(server.Patient);
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(ClientConfigs.Producer(options)).Build();
        for (int i = 0; i < 200; i++) await ProduceAsync(producer, options.Topics.Login, Login(i), Start.AddMinutes(i));
        await ProduceAsync(producer, options.Topics.Login, Login(7), Start.AddMinutes(200));
        await ProduceAsync(producer, options.Topics.Login, Login(8), Start.AddDays(5));
        await ProduceAsync(producer, options.Topics.Login, Login(3), Start.AddMinutes(-60));
        await producer.ProduceAsync(options.Topics.Usage, new Message<byte[], byte[]> { Key = [1], Value = [0xff] });

        var progress = new IngestProgress();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var worker = new IngestWorker(
            options, new FoldOptions(), redis.GetDatabase(), progress, TimeProvider.System, NullLogger<IngestWorker>.Instance);
        Task running = Task.Factory.StartNew(() => worker.Run(stop.Token), TaskCreationOptions.LongRunning);
        while (progress.Records < 204 && !running.IsCompleted) await Task.Delay(20, CancellationToken.None);
        await stop.CancelAsync();
        await running;

        Assert.Equal(200, progress[FoldOutcome.Folded]);
        Assert.Equal(1, progress[FoldOutcome.Duplicate]);
        Assert.Equal(1, progress[FoldOutcome.Late]);
        Assert.Equal(2, progress[FoldOutcome.DeadLetter]);
        var keys = new PartitionKeys(CustomerPartition.Of(new CustomerId("c5"), Partitions));
        byte[]? blob = await redis.GetDatabase().StringGetAsync(keys.State("c5"));
        Assert.Equal(20, StateCodec.Decode(blob).Lifetime[TileCounter.Logins]);
    }

    private static V1.CustomerEvent Login(int i) => new()
    {
        EventId = $"e{i}", CustomerId = $"c{i % 10}", EventTime = Start.AddMinutes(i).ToTimestamp(), Login = new V1.LoginEvent(),
    };

    private static Task ProduceAsync(
        IProducer<byte[], byte[]> producer, string topic, V1.CustomerEvent e, DateTimeOffset time) =>
        producer.ProduceAsync(topic, new Message<byte[], byte[]>
        {
            Key = System.Text.Encoding.UTF8.GetBytes(e.CustomerId), Value = e.ToByteArray(), Timestamp = new Confluent.Kafka.Timestamp(time),
        });
}
