using StackExchange.Redis;
using WinBack.Adapters;
using WinBack.Adapters.InMemory;
using WinBack.Adapters.Redis;
using WinBack.Core.Events;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Caps;

/// <summary>A decision store under test, with its clock and the states of its customers in the test's hand.</summary>
internal sealed class StoreBench : IAsyncDisposable
{
    internal const int Partitions = 4;
    private readonly ConnectionMultiplexer? _redis;
    private readonly IAsyncDisposable? _server;
    // Long, because a loaded machine is no fault of the store; what happens without an answer has its own tests.
    private readonly RedisOptions _options = new() { CommandTimeout = TimeSpan.FromSeconds(30) };
    private readonly SettableClock _clock = new();
    private readonly Dictionary<CustomerId, byte[]> _states = [];

    private StoreBench()
    {
        Store = new InMemoryDecisionStore(customer => _states.GetValueOrDefault(customer), _clock);
    }

    private StoreBench(ConnectionMultiplexer redis, IAsyncDisposable? server, DecisionScripts scripts, bool readsFirst)
    {
        (_redis, _server) = (redis, server);
        Server = new DecisionStore(redis.GetDatabase(), _options, Partitions) { Scripts = scripts };
        Store = readsFirst ? new ReadFirstStore(Server, () => TimeProvider.System.GetUtcNow() + _options.ClockOffset) : Server;
    }

    internal IDecisionStore Store { get; }

    /// <summary>Null for the store in memory.</summary>
    internal DecisionStore? Server { get; }

    /// <summary>Null for the store in memory.</summary>
    internal IDatabase? Redis => _redis?.GetDatabase();

    internal static StoreBench InMemory() => new();

    internal static async Task<StoreBench> StartAsync(bool isGarnet)
    {
        KeyValueServer server = isGarnet ? await GarnetServer.StartAsync() : await RedisServer.StartAsync();
        return await ConnectAsync(server.Address, DecisionScripts.Default, server);
    }

    /// <summary>On a server that somebody else started; its data goes.</summary>
    internal static async Task<StoreBench> ConnectAsync(
        string address, DecisionScripts scripts, IAsyncDisposable? server = null, bool readsFirst = false)
    {
        ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(address + ",allowAdmin=true,asyncTimeout=30000,syncTimeout=30000");
        await redis.GetServers()[0].FlushAllDatabasesAsync();
        return new StoreBench(redis, server, scripts, readsFirst);
    }

    /// <summary>From now on the store's clock stands (in memory) or runs (a server) from here.</summary>
    internal void SetClock(DateTimeOffset time)
    {
        _clock.Time = time;
        _options.ClockOffset = time - TimeProvider.System.GetUtcNow();
    }

    internal async Task SetStateAsync(CustomerId customer, byte[]? blob)
    {
        if (blob is null) _states.Remove(customer);
        else _states[customer] = blob;
        if (Redis is not { } redis) return;
        RedisKey key = new PartitionKeys(CustomerPartition.Of(customer, Partitions)).State(customer.Value);
        if (blob is null) await redis.KeyDeleteAsync(key);
        else await redis.StringSetAsync(key, blob);
    }

    /// <summary>Request ids of the outbox, oldest first.</summary>
    internal async Task<string[]> ReadOutboxAsync(CustomerId customer)
    {
        if (Store is InMemoryDecisionStore memory) return memory.Outbox.Select(id => id.Request.ToString("D")).ToArray();
        RedisKey key = new PartitionKeys(CustomerPartition.Of(customer, Partitions)).Outbox;
        return (await Redis!.ListRangeAsync(key)).Select(value => (string)value!).ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null) await _redis.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    private sealed class SettableClock : TimeProvider
    {
        internal DateTimeOffset Time { get; set; }

        public override DateTimeOffset GetUtcNow() => Time;
    }
}
