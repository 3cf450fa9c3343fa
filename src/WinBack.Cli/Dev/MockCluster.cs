using System.Runtime.InteropServices;

namespace WinBack.Cli.Dev;

/// <summary>
/// One mock broker of librdkafka inside this process, listening on 127.0.0.1, until disposed. Its C API is public but
/// marked experimental; only the few calls below are used, and they are the same in the upstream package.
/// </summary>
internal sealed class MockCluster : IDisposable
{
    private const int BrokerCount = 1;
    private const int ReplicationFactor = 1;

    private readonly nint client;
    private readonly nint cluster;

    private MockCluster(nint client, nint cluster, string bootstrapServers)
    {
        this.client = client;
        this.cluster = cluster;
        BootstrapServers = bootstrapServers;
    }

    /// <summary><c>127.0.0.1:PORT</c>.</summary>
    public string BootstrapServers { get; }

    /// <param name="topics">Created with <paramref name="partitions"/> partitions each.</param>
    /// <param name="rebalanceDelay">What a new consumer group waits for more members before its first assignment.</param>
    /// <exception cref="InvalidOperationException">librdkafka refused a step; the message says which and why.</exception>
    public static MockCluster Start(IReadOnlyList<string> topics, int partitions, TimeSpan rebalanceDelay)
    {
        var client = NewClient();
        var cluster = NativeMockApi.ClusterNew(client, BrokerCount);
        if (cluster == 0)
        {
            NativeMockApi.Destroy(client);
            throw new InvalidOperationException("librdkafka could not start its mock cluster");
        }

        NativeMockApi.GroupInitialRebalanceDelay(cluster, (int)rebalanceDelay.TotalMilliseconds);
        var bootstrapServers = Marshal.PtrToStringUTF8(NativeMockApi.ClusterBootstraps(cluster));
        var started = new MockCluster(client, cluster, bootstrapServers ?? "");
        try
        {
            foreach (var topic in topics)
            {
                Require(NativeMockApi.TopicCreate(cluster, topic, partitions, ReplicationFactor), $"create topic '{topic}'");
            }
        }
        catch
        {
            started.Dispose();
            throw;
        }

        return started;
    }

    public void Dispose()
    {
        NativeMockApi.ClusterDestroy(cluster);
        NativeMockApi.Destroy(client);
    }

    /// <summary>The client that the mock cluster needs for its own bookkeeping; it connects to nothing.</summary>
    private static nint NewClient()
    {
        var configuration = NativeMockApi.ConfNew();
        var error = new byte[512];
        // Errors only: a client without bootstrap.servers would warn that it has none.
        _ = NativeMockApi.ConfSet(configuration, "log_level", "3", error, (nuint)error.Length);
        var client = NativeMockApi.New(NativeMockApi.Producer, configuration, error, (nuint)error.Length);
        return client != 0
            ? client
            : throw new InvalidOperationException(
                $"librdkafka: {System.Text.Encoding.UTF8.GetString(error).TrimEnd('\0')}");
    }

    private static void Require(int errorCode, string step)
    {
        if (errorCode != 0)
        {
            var reason = Marshal.PtrToStringUTF8(NativeMockApi.ErrorText(errorCode));
            throw new InvalidOperationException($"librdkafka could not {step}: {reason}");
        }
    }
}
