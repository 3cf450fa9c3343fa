using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using WinBack.Adapters.Kafka;
using WinBack.Core.Policy.Updates;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Kafka;

/// <summary>Every node reads the catalogue in full: from the beginning, all partitions, without a group.</summary>
[Trait("Rule", "L6")]
public sealed class CatalogueReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task TwoReaders_ReadAllOfIt_AndFollowWhatIsChangedAndTakenBack()
    {
        await using KafkaBroker broker = await KafkaBroker.StartAsync(["catalogue"], partitions: 3);
        using IProducer<string, byte[]?> producer =
            new ProducerBuilder<string, byte[]?>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        var options = new KafkaOptions { BootstrapServers = broker.BootstrapServers };
        for (int i = 0; i < 9; i++) await Publish(producer, $"u{i}", "first");
        var wrong = new List<string>();
        using var early = new CatalogueReader(options, wrong.Add);
        Assert.Equal(9, CountAfter(early, c => c.Count == 9));
        await Publish(producer, "u3", "second");
        await producer.ProduceAsync("catalogue", new() { Key = "u4", Value = null });
        await producer.ProduceAsync("catalogue", new() { Key = "u9", Value = Encoding.UTF8.GetBytes("broken") });
        Assert.Equal(8, CountAfter(early, c => c.Count == 8));
        using var late = new CatalogueReader(options, wrong.Add);
        Assert.Equal(8, CountAfter(late, c => c.Count == 8));
        Assert.True(early.IsCaughtUp && late.IsCaughtUp);
        Assert.All(wrong, w => Assert.StartsWith("the value is no ProductUpdate", w));
    }

    [Fact]
    public async Task BrokerAway_IsAnErrorThatNamesIt()
    {
        KafkaBroker broker = await KafkaBroker.StartAsync(["catalogue"], partitions: 1);
        string address = broker.BootstrapServers;
        await broker.DisposeAsync();
        using var reader = new CatalogueReader(new KafkaOptions { BootstrapServers = address }, _ => { });
        Assert.Throws<KafkaException>(() => reader.Poll(TimeSpan.FromSeconds(1), CancellationToken.None));
    }

    private static Task Publish(IProducer<string, byte[]?> producer, string id, string title) => producer.ProduceAsync(
        "catalogue",
        new()
        {
            Key = id,
            Value = new V1.ProductUpdate
            {
                UpdateId = id, Title = title, PublishTime = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_800_000_000 },
            }.ToByteArray(),
        });

    /// <summary>Polls until the catalogue is as wanted and all of the topic was read.</summary>
    private static int CountAfter(CatalogueReader reader, Func<UpdateCatalogue, bool> isAsWanted)
    {
        var clock = Stopwatch.StartNew();
        UpdateCatalogue? last = null;
        while (clock.Elapsed < Patience)
        {
            last = reader.Poll(TimeSpan.FromMilliseconds(100), CancellationToken.None) ?? last;
            if (last is not null && isAsWanted(last) && reader.IsCaughtUp) break;
        }

        return last?.Count ?? 0;
    }
}
