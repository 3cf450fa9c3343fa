using System.Text;
using Confluent.Kafka;
using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Wire;
using WinBack.Cli.EventFiles;
using WinBack.Core.Events;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Cli;

public sealed class ProduceCommandTests : IDisposable
{
    private const int Partitions = 3;
    private static readonly DateTimeOffset Start = new(2011, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("winback-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("protobuf")]
    [InlineData("json")]
    public async Task Produce_EventFile_EveryEventIsReadBackFromItsTopicAndPartition(string values)
    {
        var kafka = new KafkaOptions();
        await using KafkaBroker broker = await KafkaBroker.StartAsync(kafka.Topics.All().Select(t => "shop." + t), Partitions);
        V1.CustomerEvent[] events = Enumerable.Range(0, 500).Select(Event).ToArray();

        (int code, string output, string error) = await CommandLine.RunAsync(
            "produce", "--events", WriteFile(events), "--bootstrap", broker.BootstrapServers, "--topics-prefix", "shop.",
            "--values", values);

        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("500 events into 3 partitions", output, StringComparison.Ordinal);
        var reader = new EventReader(Partitions, "GBP");
        var read = new List<EventRecord>();
        foreach (EventStream stream in EventStreams.All)
            read.AddRange(
                Consume(broker.BootstrapServers, "shop." + kafka.Topics.Of(stream)).Select(r => Decode(reader, stream, r)));
        Assert.All(read, r => Assert.Equal((RecordFault.None, ""), (r.Fault, r.FaultDetail)));
        Assert.All(read, r => Assert.Equal(r.Event!.EventTime, r.IngestTime));
        Assert.Equal(events.Select(e => e.EventId).Order(), read.Select(r => r.Event!.Id.Value).Order());
        foreach (IGrouping<EventStream, EventRecord> stream in read.GroupBy(r => r.Stream))
            Assert.All(stream, r => Assert.Equal(StreamOf(r.Event!.Id.Value), stream.Key));
    }

    [Fact]
    public async Task Produce_PartitionCountsDiffer_IsOneAndNamesTheTopics()
    {
        string[] topics = new TopicOptions().All().Where(t => t != "login").ToArray();
        await using KafkaBroker broker = await KafkaBroker.StartAsync(topics, Partitions);
        Touch(broker.BootstrapServers, "login");

        (int code, _, string error) =
            await CommandLine.RunAsync("produce", "--events", WriteFile(Event(1)), "--bootstrap", broker.BootstrapServers);

        Assert.Equal(1, code);
        Assert.Contains("the same number of partitions, but have usage 3, login 4", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Produce_NothingListens_IsOneAndNamesTheAddress()
    {
        (int code, _, string error) =
            await CommandLine.RunAsync("produce", "--events", WriteFile(Event(1)), "--bootstrap", "127.0.0.1:1");

        Assert.Equal(1, code);
        Assert.Contains("--bootstrap 127.0.0.1:1: ", error, StringComparison.Ordinal);
        Assert.Contains("does not answer", error, StringComparison.Ordinal);
    }

    private static EventStream StreamOf(string eventId) => (EventStream)(int.Parse(eventId[1..], null) % EventStreams.Count);

    private static V1.CustomerEvent Event(int number)
    {
        var e = new V1.CustomerEvent
        {
            EventId = $"e{number}", CustomerId = $"customer-{number % 37}", EventTime = Start.AddMinutes(number).ToTimestamp(),
        };
        switch (StreamOf(e.EventId))
        {
            case EventStream.Usage: e.Usage = new V1.UsageEvent { Feature = "export" }; break;
            case EventStream.Login: e.Login = new V1.LoginEvent(); break;
            case EventStream.Billing:
                e.Billing = new V1.BillingEvent
                {
                    Kind = V1.BillingEvent.Types.Kind.Purchase,
                    Amount = new V1.Money { AmountMicros = number, CurrencyCode = "GBP" },
                };
                break;
            case EventStream.Engagement: e.Profile = new V1.ProfileEvent { Language = "en" }; break;
            default: e.Outcome = new V1.OutcomeEvent { DecisionId = "d", Kind = V1.OutcomeEvent.Types.Kind.Sent }; break;
        }

        return e;
    }

    private string WriteFile(params V1.CustomerEvent[] events)
    {
        string path = Path.Combine(_folder, "in.events");
        using var writer = new EventFileWriter(File.Create(path), EventFileFormat.Protobuf);
        foreach (V1.CustomerEvent e in events) writer.Write(e);
        return path;
    }

    private static EventRecord Decode(EventReader reader, EventStream stream, ConsumeResult<byte[], byte[]> read)
    {
        string? contentType = read.Message.Headers.TryGetLastBytes("content-type", out byte[] bytes)
            ? Encoding.UTF8.GetString(bytes)
            : null;
        return reader.Read(
            stream, read.Partition.Value, read.Offset.Value, read.Message.Timestamp.UtcDateTime, read.Message.Key,
            read.Message.Value, contentType);
    }

    private static List<ConsumeResult<byte[], byte[]>> Consume(string bootstrap, string topic)
    {
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap, GroupId = "test", FetchWaitMaxMs = 10, EnablePartitionEof = true,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var read = new List<ConsumeResult<byte[], byte[]>>();
        for (int ends = 0; ends < Partitions;)
        {
            ConsumeResult<byte[], byte[]> next = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException(topic);
            if (next.IsPartitionEOF) ends++;
            else read.Add(next);
        }

        return read;
    }

    private static void Touch(string bootstrap, string topic)
    {
        using IProducer<Null, byte[]> producer =
            new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = bootstrap }).Build();
        producer.Produce(topic, new Message<Null, byte[]> { Value = [1] });
        producer.Flush(TimeSpan.FromSeconds(10));
    }
}
