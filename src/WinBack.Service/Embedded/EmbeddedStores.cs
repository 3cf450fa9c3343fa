using System.Net;
using System.Net.Sockets;
using System.Text;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Cli.Dev;

namespace WinBack.Service.Embedded;

/// <summary>
/// The broker (librdkafka's mock cluster, in a process of its own) and the Redis of the embedded role: for trying
/// WinBack out and for tests. Nothing in them outlives the service.
/// </summary>
internal sealed class EmbeddedStores : IAsyncDisposable
{
    private const int PortAttempts = 3;

    /// <summary>
    /// The default of 64 MB is seconds of a busy service here: Redis would fork and write everything anew all the time, beside the
    /// service on the same cores. What is in the file goes with the service anyway.
    /// </summary>
    private const string RewriteFrom = "2gb";

    /// <summary>Bytes: with it a stored decision and a ledger of caps are one allocation each.</summary>
    private const string CompactUpTo = "1024";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("winback-embedded-");
    private ChildServer? _broker;
    private ChildServer? _redis;
    private readonly CancellationTokenSource _stop = new(StartTimeout);
    private readonly Task _started;

    private EmbeddedStores(EmbeddedOptions options, KafkaOptions kafka, RedisOptions redis) => _started = StartAsync(options, kafka, redis);

    /// <summary>Begins to start both; the service is put together meanwhile, which takes as long.</summary>
    internal static EmbeddedStores Begin(EmbeddedOptions options, KafkaOptions kafka, RedisOptions redis) => new(options, kafka, redis);

    /// <summary>From then on both answer, and their addresses stand in the options of Kafka and Redis.</summary>
    /// <exception cref="EmbeddedStartException">One did not start; the message says what to install.</exception>
    internal async Task ReadyAsync()
    {
        try
        {
            await _started;
        }
        catch (OperationCanceledException)
        {
            throw new EmbeddedStartException($"broker and Redis did not start within {StartTimeout}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // One may still be starting when the other has failed, or the service could not be put together.
        await _stop.CancelAsync();
        await _started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        await Task.WhenAll(EndAsync(_broker), EndAsync(_redis));
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(EmbeddedOptions options, KafkaOptions kafka, RedisOptions redisOptions)
    {
        Task<string> broker = StartBrokerAsync(options, kafka.Topics, _stop.Token);
        Task<string> redis = StartRedisAsync(options, _stop.Token);
        await Task.WhenAll(broker, redis);
        kafka.BootstrapServers = await broker;
        redisOptions.Configuration = await redis;
    }

    private async Task<string> StartBrokerAsync(EmbeddedOptions options, TopicOptions topics, CancellationToken stop)
    {
        const string ready = "bootstrap.servers=";
        string cli = Path.Combine(AppContext.BaseDirectory, "winback.dll");
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string names = string.Join(',', topics.All().Append(topics.Catalogue));
        _broker = ChildServer.Start(
            dotnet, [cli, "dev", "broker", "--topics", names, "--partitions", $"{options.Partitions}"]);
        string? line = await _broker.FirstLine.WaitAsync(stop);
        if (line?.StartsWith(ready, StringComparison.Ordinal) != true)
            throw new EmbeddedStartException($"'winback dev broker' did not start; it said: {line ?? "(nothing)"}");
        return line[ready.Length..];
    }

    private async Task<string> StartRedisAsync(EmbeddedOptions options, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            _redis = IsOnPath("redis-server") ? StartRedis(port) : StartGarnet(port, options.GarnetPath);
            while (!_redis.HasEnded)
            {
                if (await AnswersAsync(port, stop)) return $"127.0.0.1:{port}";
                await Task.Delay(20, stop);
            }

            // Somebody else may have taken the port in between.
            if (attempt == PortAttempts)
                throw new EmbeddedStartException($"Redis on port {port} ended at once; it said: {_redis.LastOutput}");
            await EndAsync(_redis);
        }
    }

    private ChildServer StartRedis(int port) => ChildServer.Start(
        "redis-server",
        [
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", "--appendonly", "yes",
            "--appendfsync", "everysec", "--maxmemory-policy", "noeviction", "--logfile", "",
            "--auto-aof-rewrite-min-size", RewriteFrom, "--hash-max-listpack-value", CompactUpTo,
        ]);

    private static ChildServer StartGarnet(int port, string path) => File.Exists(path)
        ? ChildServer.Start(
            "dotnet",
            [
                path, "--bind", "127.0.0.1", "--port", $"{port}", "--lua", "--lua-transaction-mode", "--memory", "512m",
                "--index", "64m", "--page", "4m",
            ])
        : throw new EmbeddedStartException(
            "no redis-server on the PATH and no Garnet: apt-get install redis-server, or set Embedded:GarnetPath to GarnetServer.dll");

    private static Task EndAsync(ChildServer? child) => child?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    private static async Task<bool> AnswersAsync(int port, CancellationToken stop)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, stop);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), stop);
            byte[] answer = new byte[16];
            int read = await client.GetStream().ReadAsync(answer, stop);
            return Encoding.ASCII.GetString(answer, 0, read).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
