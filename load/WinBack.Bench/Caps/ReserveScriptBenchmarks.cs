using BenchmarkDotNet.Attributes;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Bench.Decisions;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Testing;

namespace WinBack.Bench.Caps;

/// <summary>
/// The caps scripts on a real redis-server that the benchmark starts, one call at a time. By the clock of these benchmarks that
/// is what the adapter costs before and after, with ping as the least that a call can cost; what the scripts cost Redis is
/// printed at the end of each.
/// </summary>
[MemoryDiagnoser]
public class ReserveScriptBenchmarks
{
    /// <summary>As the customers of the load tool are met again and again.</summary>
    private const int Customers = 1_000;

    private readonly ShippedProgramme _programme = new();
    private RedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;
    private DecisionStore _store = null!;
    private DecisionId _reserved;
    private int _request;

    /// <summary>This toolchain waits for no task, so each benchmark waits for its own.</summary>
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public TimeSpan Ping() => _redis.GetDatabase().PingAsync().GetAwaiter().GetResult();

    /// <summary>State and caps, before each decision.</summary>
    [Benchmark]
    public CustomerSnapshot Read() => _store.ReadAsync(CustomerOf(_request++ % Customers)).GetAwaiter().GetResult();

    /// <summary>Customers in turn, so that after the first round their caps are in use. With the reading and the plan.</summary>
    [Benchmark]
    public ReserveReply Reserve() => ReserveAsync(CustomerOf(_request++ % Customers)).GetAwaiter().GetResult();

    /// <summary>The same request once more: the decision comes back as it was.</summary>
    [Benchmark]
    public ReserveReply ReserveAgain() => ReserveAsync(CustomerOf(Customers), _reserved.Request).GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _server = await RedisServer.StartAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.Address);
        var options = new RedisOptions
        {
            CommandTimeout = TimeSpan.FromSeconds(30), ClockOffset = ShippedProgramme.Now - TimeProvider.System.GetUtcNow(),
        };
        _store = new DecisionStore(_redis.GetDatabase(), options, ShippedProgramme.Partitions);
        for (int i = 0; i < Customers; i++) await PutStateAsync(CustomerOf(i));
        await PutStateAsync(CustomerOf(Customers));
        ReserveReply first = await ReserveAsync(CustomerOf(Customers));
        if (first.Decision?.Kind != DecisionKind.Action)
            throw new InvalidOperationException("nothing was reserved: the benchmark would measure the dull case");
        _reserved = first.Decision.Id!.Value;
    }

    private async Task CleanupAsync()
    {
        string stats = (string)(await _redis.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        foreach (string line in stats.Split('\n').Where(l => l.StartsWith("cmdstat_evalsha", StringComparison.Ordinal)))
            Console.WriteLine($"// Redis: {line.Trim()}");
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static CustomerId CustomerOf(int number) => new($"bench-{number}");

    private async Task PutStateAsync(CustomerId customer) => await _redis.GetDatabase().StringSetAsync(
        new PartitionKeys(CustomerPartition.Of(customer, ShippedProgramme.Partitions)).State(customer.Value), _programme.Blob);

    private async Task<ReserveReply> ReserveAsync(CustomerId customer, Guid? requestId = null)
    {
        CustomerSnapshot snapshot = await _store.ReadAsync(customer);
        var request = new DecisionRequest(customer, requestId ?? Guid.NewGuid(), []);
        DecisionPlan plan = _programme.Pipeline.Plan(
            request, snapshot, _programme.Features, _programme.Scorer.Score(_programme.Features), _programme.Playbook, ShippedProgramme.Now);
        return await _store.ReserveAsync(plan);
    }
}
