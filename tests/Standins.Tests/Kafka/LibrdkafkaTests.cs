using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Standins.Tests.Kafka;

/// <summary>The library that scripts/build-librdkafka.sh built, through the real Confluent.Kafka.</summary>
public sealed class LibrdkafkaTests(LibrdkafkaTests.MockCluster cluster) : IClassFixture<LibrdkafkaTests.MockCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void VersionString_BuiltLibrary_IsTheClientsVersion() =>
        Assert.StartsWith("2.15.1", Library.VersionString, StringComparison.Ordinal);

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task ProduceConsume_EachCompression_KeepsKeyValueHeadersAndCreateTime(CompressionType compression)
    {
        var topic = $"round-trip-{compression}";
        var created = new DateTime(2011, 10, 1, 8, 30, 0, 250, DateTimeKind.Utc);
        using var producer = cluster.Producer(new ProducerConfig { CompressionType = compression });
        var sent = await producer.ProduceAsync(topic, new Message<string, byte[]>
        {
            Key = "customer-17",
            Value = Enumerable.Repeat((byte)'x', 20_000).ToArray(),
            Timestamp = new Timestamp(created),
            Headers = new Headers { new Header("content-type", "application/json"u8.ToArray()) },
        });

        using var consumer = cluster.Consumer();
        consumer.Assign(new TopicPartitionOffset(sent.TopicPartition, Offset.Beginning));
        var got = consumer.Consume(Patience);

        Assert.NotNull(got);
        Assert.Equal("customer-17", got.Message.Key);
        Assert.Equal(20_000, got.Message.Value.Length);
        Assert.Equal(TimestampType.CreateTime, got.Message.Timestamp.Type);
        Assert.Equal(created, got.Message.Timestamp.UtcDateTime);
        Assert.Equal("application/json", Encoding.UTF8.GetString(got.Message.Headers.GetLastBytes("content-type")));
    }

    /// <summary>Hashes that Kafka's own unit tests state for its murmur2; the sign bit is masked before the modulo.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public async Task Murmur2RandomPartitioner_KnownKey_ChoosesThePartitionThatJavaChooses(string key, int hash)
    {
        using var producer = cluster.Producer(new ProducerConfig { Partitioner = Partitioner.Murmur2Random });
        var sent = await producer.ProduceAsync("keyed", new Message<string, byte[]> { Key = key, Value = [1] });

        Assert.Equal((hash & 0x7fffffff) % MockCluster.AutoCreatedPartitions, sent.Partition.Value);
    }

    /// <summary>Upstream's mock broker silently drops the oldest records beyond 5 MiB a partition: see mock-broker.patch.</summary>
    [Fact]
    public void MockBroker_TwelveMebibytesInOnePartition_KeepsTheFirstRecord()
    {
        const int records = 12;
        var partition = new TopicPartition("large", 1);
        using var producer = cluster.Producer(new ProducerConfig { MessageMaxBytes = 2_000_000 });
        for (var i = 0; i < records; i++)
        {
            var key = i.ToString(CultureInfo.InvariantCulture);
            producer.Produce(partition, new Message<string, byte[]> { Key = key, Value = new byte[1 << 20] });
        }

        Assert.Equal(0, producer.Flush(Patience));
        using var consumer = cluster.Consumer();
        consumer.Assign(new TopicPartitionOffset(partition, Offset.Beginning));
        var keys = Enumerable.Range(0, records).Select(_ => consumer.Consume(Patience)?.Message.Key).ToArray();

        Assert.Equal(Enumerable.Range(0, records).Select(i => i.ToString(CultureInfo.InvariantCulture)), keys);
    }

    /// <summary>One mock broker inside a producer of its own, found by asking that producer for the cluster's metadata.</summary>
    public sealed class MockCluster : IDisposable
    {
        public const int AutoCreatedPartitions = 4;

        private readonly IProducer<Null, Null> owner =
            new ProducerBuilder<Null, Null>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1" }).Build();

        private readonly string bootstrap;

        public MockCluster()
        {
            using var admin = new DependentAdminClientBuilder(owner.Handle).Build();
            var broker = admin.GetMetadata(Patience).Brokers[0];
            bootstrap = $"{broker.Host}:{broker.Port}";
        }

        public IProducer<string, byte[]> Producer(ProducerConfig config)
        {
            config.BootstrapServers = bootstrap;
            config.LingerMs = 0;
            return new ProducerBuilder<string, byte[]>(config).Build();
        }

        public IConsumer<string, byte[]> Consumer() => new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = "tests",
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            FetchWaitMaxMs = 10,
        }).Build();

        public void Dispose() => owner.Dispose();
    }
}
