using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Service.Grpc;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.Service.Hosting;

/// <summary>
/// Looks once a second whether this process can do its work, and tells the health service. Models and playbook need no
/// look: the program does not start without them.
/// </summary>
internal sealed class Readiness(
    IOptions<ServiceOptions> options,
    IOptions<RedisOptions> redis,
    RedisConnections connections,
    IngestProgress ingest,
    ServingStatuses statuses,
    TimeProvider time,
    ILogger<Readiness> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private volatile IReadOnlyList<string> _missing = ["starting"];

    /// <summary>What stands against serving; empty when ready.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            IReadOnlyList<string> before = _missing;
            _missing = await LookAsync(stoppingToken);
            if (!_missing.SequenceEqual(before)) Tell();
            ServingStatus status = _missing.Count == 0 ? ServingStatus.Serving : ServingStatus.NotServing;
            statuses.Set(ServingStatuses.WholeServer, status);
            if (!options.Value.Decides) continue;
            statuses.Set(V1.DecisionService.Descriptor.FullName, status);
            statuses.Set(V1.CustomerService.Descriptor.FullName, status);
            statuses.Set(V1.ModelService.Descriptor.FullName, status);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Tell()
    {
        if (_missing.Count == 0) log.IsReady();
        else log.IsNotReady(string.Join("; ", _missing));
    }

    private async Task<IReadOnlyList<string>> LookAsync(CancellationToken stop)
    {
        var missing = new List<string>();
        if (options.Value.Decides && !await AnswersAsync(connections.RequestsAsync(), stop)) missing.Add("Redis is away (requests)");
        if (options.Value.Ingests && !await AnswersAsync(connections.EventsAsync(), stop)) missing.Add("Redis is away (events)");
        if (options.Value.Ingests && ingest.AssignedPartitions < 0) missing.Add("no partitions assigned yet");
        return missing;
    }

    /// <summary>Asks, because a connection to a server that hangs still looks connected.</summary>
    private async Task<bool> AnswersAsync(Task<ConnectionMultiplexer> connection, CancellationToken stop)
    {
        try
        {
            ConnectionMultiplexer connected = await connection.WaitAsync(redis.Value.CommandTimeout, stop);
            await connected.GetDatabase().PingAsync().WaitAsync(redis.Value.CommandTimeout, stop);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested && (e is TimeoutException or RedisException or OperationCanceledException))
        {
            // Commands under way are cancelled when the client gives up a connection.
            return false;
        }
    }
}
