using StackExchange.Redis;
using WinBack.Testing;

namespace WinBack.Tests.Redis;

/// <summary>Tests that have a redis-server of their own, each an empty one.</summary>
public abstract class RedisServerTests : IAsyncLifetime
{
    private RedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;

    protected IDatabase Database => _redis.GetDatabase();

    public virtual async Task InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.Patient);
    }

    public async Task DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }
}
