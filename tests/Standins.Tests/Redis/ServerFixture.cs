using StackExchange.Redis;
using WinBack.Testing;

namespace Standins.Tests.Redis;

/// <summary>One server and one connection for all functional tests on it. Tests keep apart by key.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    private int _keys;
    private KeyValueServer? _server;
    private ConnectionMultiplexer? _connection;

    public KeyValueServer Server => _server!;

    public ConnectionMultiplexer Connection => _connection!;

    public IDatabase Database => Connection.GetDatabase();

    /// <summary>Time-outs far above what anything takes, so that a busy machine fails no test.</summary>
    public static ConfigurationOptions Options(KeyValueServer server)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(server.Address);
        options.AsyncTimeout = options.SyncTimeout = options.ConnectTimeout = 60_000;
        options.AllowAdmin = true;
        return options;
    }

    /// <summary>A key that no other test has.</summary>
    public RedisKey NewKey() => $"key:{Interlocked.Increment(ref _keys)}";

    public async Task InitializeAsync()
    {
        _server = await StartAsync();
        _connection = await ConnectionMultiplexer.ConnectAsync(Options(_server));
    }

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Server.DisposeAsync();
    }

    private protected abstract Task<KeyValueServer> StartAsync();
}
