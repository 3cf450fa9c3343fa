using System.Diagnostics;
using System.Net.Sockets;
using Confluent.Kafka;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Kafka;

/// <summary><c>winback dev broker</c> as other processes see it.</summary>
public sealed class KafkaBrokerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Started_TopicsAsked_HaveThePartitionsAsked()
    {
        await using var broker = await KafkaBroker.StartAsync(["usage", "login"], partitions: 3);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();
        var topics = admin.GetMetadata(Patience).Topics;

        Assert.Equal(["login", "usage"], topics.Select(topic => topic.Topic).Order(StringComparer.Ordinal));
        Assert.All(topics, topic => Assert.Equal(3, topic.Partitions.Count));
    }

    [Fact]
    public async Task Disposed_StandardInputEnds_ProcessAndPortAreGone()
    {
        var broker = await KafkaBroker.StartAsync(["usage"], partitions: 1);
        using var process = Process.GetProcessById(broker.ProcessId);
        var port = int.Parse(broker.BootstrapServers.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        await broker.DisposeAsync();

        Assert.True(process.WaitForExit(Patience));
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", port));
    }
}
