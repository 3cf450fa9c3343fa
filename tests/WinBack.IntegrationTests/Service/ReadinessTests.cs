using WinBack.Adapters.Kafka;
using WinBack.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Service;

/// <summary>A node that begins behind: it is ready when it has caught up. Without Redis: <see cref="RedisOutageTests"/>.</summary>
public sealed class ReadinessTests
{
    /// <summary>One a poll and so two round trips each: some seconds of work, while readiness is looked at every second.</summary>
    private const int Waiting = 5_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task RecordsWait_NodeStarts_IsReadyOnlyWhenTheyAreFolded()
    {
        await using Stores stores = await Stores.StartAsync();
        await ProduceAsync(stores);

        await using RunningService node = await RunningService.StartAsync(
        [
            .. stores.Settings("ingest"), "--Kafka:MaxPollRecords=1", "--Kafka:WatermarkCheck=00:00:00.050", "--Readiness:StartLag=0",
        ]);

        await node.UntilAsync(
            () => Task.FromResult(Log(node).Contains(" records are not folded yet; ready at 0", StringComparison.Ordinal)), "it is behind", Limit);
        await node.UntilAsync(async () => await node.HealthAsync() == ServingStatus.Serving, "it has caught up", Limit);
        string log = Log(node);
        Assert.True(
            log.LastIndexOf("Ready to serve", StringComparison.Ordinal) > log.LastIndexOf("are not folded yet", StringComparison.Ordinal), log);
    }

    private static async Task ProduceAsync(Stores stores)
    {
        using var producer = new EventProducer(stores.Kafka, new EventProducerOptions());
        for (int i = 0; i < Waiting; i++)
        {
            CustomerEvent e = Events.Purchase($"c{i % 50}", Stores.Start);
            await producer.SendAsync(e, Stores.Start, CancellationToken.None);
        }

        producer.Flush(CancellationToken.None);
        Assert.Empty(producer.Errors);
    }

    private static string Log(RunningService node) => File.ReadAllText(node.Process.LogFile);
}
