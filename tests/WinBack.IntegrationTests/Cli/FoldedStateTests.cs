using System.IO.Compression;
using Confluent.Kafka;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Cli.EventFiles;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Cli;

/// <summary>The commands that look at what an ingest worker has folded: inspect, replay against Redis, doctor.</summary>
public sealed class FoldedStateTests : IDisposable
{
    private const int Partitions = 3;
    private const int Customers = 40;
    private static readonly DateTimeOffset Start = new(2011, 1, 3, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ProducedAndFolded_ReplayInspectAndDoctor_AgreeWithRedis()
    {
        var options = new KafkaOptions { SessionTimeout = TimeSpan.FromSeconds(3) };
        await using KafkaBroker broker = await KafkaBroker.StartAsync(options.Topics.All(), Partitions);
        options.BootstrapServers = broker.BootstrapServers;
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(server.Patient);
        string events = WriteEvents(600);
        Assert.Equal(0, (await CommandLine.RunAsync("produce", "--events", events, "--bootstrap", broker.BootstrapServers)).Code);
        await FoldAsync(options, redis.GetDatabase(), 600);

        (int code, string output, string error) =
            await CommandLine.RunAsync("replay", "--events", events, "--redis", server.Address);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"compared with Redis: {Customers} equal, 0 different, 0 missing", output, StringComparison.Ordinal);

        (code, output, error) =
            await CommandLine.RunAsync("inspect", "--redis", server.Address, "--customer", "c7", "--as-of", "2011-03-01");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"lifetime_logins +15 count\n", output);
        Assert.Matches(@"purchases_90d +0 count\n", output);
        Assert.Contains("Features as of 2011-03-01T00:00:00Z", output, StringComparison.Ordinal);

        (code, output, error) = await CommandLine.RunAsync("explain", "c7", "--redis", server.Address, "--as-of", "2011-03-01", "--top", "3");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("customer c7 as of 2011-03-01T00:00:00Z", output, StringComparison.Ordinal);
        Assert.Matches(@"churn@[0-9a-f]{12}: \d", output);
        Assert.Matches(@"[+-]\d\.\d{4}  .* (raises|lowers) churn by \d\.\d+ \(log-odds\)\n", output);

        (code, output, _) =
            await CommandLine.RunAsync("doctor", "--redis", server.Address, "--bootstrap", broker.BootstrapServers);
        Assert.Equal(0, code);
        Assert.Contains("everything is folded", output, StringComparison.Ordinal);
        Assert.Matches(@"ok +partitioner +the last records of \d+ partitions lie where murmur2 puts them", output);

        await AssertDamageIsFoundAsync(server, redis, broker, events);
    }

    [Fact]
    public async Task Inspect_UnknownCustomerOrEmptyRedis_IsOneAndSaysWhy()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        (int code, _, string error) = await CommandLine.RunAsync("inspect", "--redis", server.Address, "--customer", "nobody");
        Assert.Equal(1, code);
        Assert.Contains("no event was folded there yet", error, StringComparison.Ordinal);

        (code, _, error) =
            await CommandLine.RunAsync("inspect", "--redis", server.Address, "--customer", "nobody", "--partitions", "4");
        Assert.Equal(1, code);
        Assert.Contains("--customer nobody: no event of this customer was folded", error, StringComparison.Ordinal);

        (code, _, error) = await CommandLine.RunAsync("inspect", "--redis", "127.0.0.1:1", "--customer", "nobody");
        Assert.Equal(1, code);
        Assert.Contains("--redis 127.0.0.1:1: ", error, StringComparison.Ordinal);
    }

    /// <summary>
    /// Each look must be able to fail: another state, a lost state, a record that was hashed by another partitioner.
    /// </summary>
    private static async Task AssertDamageIsFoundAsync(
        RedisServer server, ConnectionMultiplexer redis, KafkaBroker broker, string events)
    {
        IDatabase database = redis.GetDatabase();
        PartitionKeys KeysOf(string customer) => new(CustomerPartition.Of(new CustomerId(customer), Partitions));
        await database.KeyDeleteAsync(KeysOf("c1").State("c1"));
        await database.StringSetAsync(KeysOf("c2").State("c2"), await database.StringGetAsync(KeysOf("c3").State("c3")));

        (int code, string output, string error) =
            await CommandLine.RunAsync("replay", "--events", events, "--redis", server.Address);
        Assert.Equal(1, code);
        Assert.Contains($"compared with Redis: {Customers - 2} equal, 1 different, 1 missing", output, StringComparison.Ordinal);
        Assert.Contains("for example of c2, c1", error, StringComparison.Ordinal);

        using (IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build())
        {
            int wrong = (CustomerPartition.Of(new CustomerId("c1"), Partitions) + 1) % Partitions;
            await producer.ProduceAsync(
                new TopicPartition("usage", wrong), new Message<byte[], byte[]> { Key = "c1"u8.ToArray(), Value = [1] });
        }

        (code, output, _) =
            await CommandLine.RunAsync("doctor", "--redis", server.Address, "--bootstrap", broker.BootstrapServers);
        Assert.Equal(1, code);
        Assert.Contains("keys on usage do not lie where murmur2 puts them", output, StringComparison.Ordinal);
        Assert.Contains("1 records are not folded yet", output, StringComparison.Ordinal);
    }

    private static async Task FoldAsync(KafkaOptions options, IDatabase redis, int events)
    {
        var progress = new IngestProgress();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var worker = new IngestWorker(
            options, new FoldOptions(), redis, progress, TimeProvider.System, NullLogger<IngestWorker>.Instance);
        Task running = Task.Factory.StartNew(() => worker.Run(stop.Token), TaskCreationOptions.LongRunning);
        while (progress.Records < events && !running.IsCompleted) await Task.Delay(20, CancellationToken.None);
        await stop.CancelAsync();
        await running;
        Assert.Equal(events, progress.Records);
    }

    private string WriteEvents(int count)
    {
        string path = Path.Combine(_folder, "in.events.gz");
        using var writer = new EventFileWriter(
            new GZipStream(File.Create(path), CompressionLevel.Fastest), EventFileFormat.Protobuf);
        for (int i = 0; i < count; i++)
        {
            writer.Write(new V1.CustomerEvent
            {
                EventId = $"e{i}",
                CustomerId = $"c{i % Customers}",
                EventTime = Start.AddMinutes(i).ToTimestamp(),
                Login = new V1.LoginEvent(),
            });
        }

        return path;
    }
}
