using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Testing;
using LuaScript = WinBack.Adapters.Redis.LuaScript;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Several service nodes on one Redis, with one clock in the test's hand, and customers of all partitions.</summary>
internal sealed class CapacityBench : IAsyncDisposable
{
    internal static readonly DateTimeOffset Start = Touches.Start;
    private readonly KeyValueServer _server;
    private readonly ConnectionMultiplexer _connection;
    private readonly RedisOptions _options = new() { CommandTimeout = TimeSpan.FromSeconds(30) };
    private int _requests;

    private CapacityBench(KeyValueServer server, ConnectionMultiplexer connection) => (_server, _connection) = (server, connection);

    internal IDatabase Redis => _connection.GetDatabase();

    internal static async Task<CapacityBench> StartAsync(bool isGarnet = false)
    {
        KeyValueServer server = isGarnet ? await GarnetServer.StartAsync() : await RedisServer.StartAsync();
        var bench = new CapacityBench(
            server, await ConnectionMultiplexer.ConnectAsync(server.Patient));
        bench.SetClock(Start);
        for (int i = 0; i < 50; i++)
            await bench.Redis.StringSetAsync(new PartitionKeys(PartitionOf(Customer(i))).State(Customer(i).Value), Touches.State());
        return bench;
    }

    /// <summary>A node of its own: units that it has leased are its alone.</summary>
    internal DecisionStore Node(DecisionScripts? scripts = null, LuaScript? lease = null, LuaScript? settle = null, LuaScript? unlease = null)
    {
        var tokens = new CapacityTokens(Redis, _options, StoreBench.Partitions, TimeProvider.System)
        {
            Leases = new CapacityLeases(Redis, _options, StoreBench.Partitions, TimeProvider.System)
            {
                Lease = lease ?? new LuaScript("lease"), Settle = settle ?? new LuaScript("settle"), Unlease = unlease ?? new LuaScript("unlease"),
            },
        };
        return new DecisionStore(Redis, _options, StoreBench.Partitions) { Scripts = scripts ?? DecisionScripts.Default, Capacities = tokens };
    }

    /// <summary>What outcomes events do, with a script of the test's own.</summary>
    internal async Task HearAsync(Decision decision, TouchEvidence evidence, LuaScript? restore = null)
    {
        var keys = new PartitionKeys(decision.Id!.Value.Partition);
        var corrections = new CapCorrections(Redis, keys, _options.ClockOffset)
        {
            Restores = new CapacityRestores(Redis, keys) { Script = restore ?? new LuaScript("restore") },
        };
        await corrections.HearAsync(
            decision.Customer.Value, [new TouchOutcome(decision.Id.Value.Request, evidence, CapTime.ToMicros(Start), 1)]);
    }

    /// <summary>Every script's clock runs from here on.</summary>
    internal void SetClock(DateTimeOffset time) => _options.ClockOffset = time - TimeProvider.System.GetUtcNow();

    internal static CustomerId Customer(int number) => new($"c{number % 50}");

    internal static CapacityUse Use(string pool, long limit, long units = 1) => new(pool, units, limit, Start, Start.AddDays(7));

    internal static Candidate Candidate(params CapacityUse[] uses) => Touches.Candidate() with { Capacities = uses };

    /// <summary>Another customer each time, of fifty.</summary>
    internal int NextCustomer() => _requests % 50;

    /// <summary>Another request each time.</summary>
    internal DecisionPlan Plan(int customer, params Candidate[] ranking)
    {
        Guid request = Touches.Request(Interlocked.Increment(ref _requests));
        return Touches.Plan(request, "hash", ranking) with
        {
            Id = new DecisionId(PartitionOf(Customer(customer)), request), Customer = Customer(customer),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static int PartitionOf(CustomerId customer) => CustomerPartition.Of(customer, StoreBench.Partitions);
}
