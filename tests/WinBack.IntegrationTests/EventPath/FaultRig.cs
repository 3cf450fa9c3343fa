using Confluent.Kafka;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.FaultWorker;
using WinBack.Testing;
using WinBack.Testing.Oracles;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>
/// A broker, a redis-server, a random log with what it must become, and workers as child processes. A scenario produces
/// the log, breaks things meanwhile, and asks <see cref="FinishAsync"/> what is wrong at the end.
/// </summary>
internal sealed class FaultRig : IAsyncDisposable
{
    internal const int Partitions = 4;

    /// <summary>Long enough for a machine with other things to do; a test that works waits for a small part of it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly KafkaBroker _broker;
    private readonly LogProducer _producer;
    private readonly List<WorkerProcess> _workers = [];
    private readonly Mutant _mutant;
    private int _produced;

    private FaultRig(
        int seed, Mutant mutant, IReadOnlyList<LogRecord> log, KafkaOptions kafka, KafkaBroker broker, RedisServer server,
        ConnectionMultiplexer connection)
    {
        Random = new Random(seed);
        Log = log;
        Kafka = kafka;
        Server = server;
        Connection = connection;
        _mutant = mutant;
        _broker = broker;
        _producer = new LogProducer(kafka);
    }

    /// <summary>For the scenario's own choices.</summary>
    internal Random Random { get; }

    internal IReadOnlyList<LogRecord> Log { get; }

    internal KafkaOptions Kafka { get; }

    internal RedisServer Server { get; }

    internal ConnectionMultiplexer Connection { get; }

    internal static async Task<FaultRig> StartAsync(int seed, Mutant mutant = Mutant.None, AppendOnly appendOnly = AppendOnly.Off)
    {
        // Small chunks, so that there are many boundaries to strike at; every third seed without, with a little and with
        // a full cache of states; every second with erasures, which a replay must not undo.
        var kafka = new KafkaOptions
        {
            SessionTimeout = TimeSpan.FromSeconds(2),
            WatermarkCheck = TimeSpan.FromMilliseconds(200),
            MaxPollRecords = 200,
            MaxChunkCustomers = 8,
            MaxCachedStates = (seed % 3) switch { 0 => 0, 1 => 50_000, _ => 100 },
        };
        IReadOnlyList<LogRecord> log = RandomLog.Generate(
            seed, new RandomLogOptions { Records = 3_000, Customers = 120, Partitions = Partitions, Erasures = seed % 2 == 0 ? 0.002 : 0 });
        KafkaBroker broker = await KafkaBroker.StartAsync(kafka.Topics.All(), Partitions);
        kafka.BootstrapServers = broker.BootstrapServers;
        RedisServer server = await RedisServer.StartAsync(new RedisServerOptions { AppendOnly = appendOnly });
        ConnectionMultiplexer connection = await FaultyWorker.ConnectAsync(
            new RedisOptions { Configuration = $"{server.Address},allowAdmin=true", CommandTimeout = TimeSpan.FromSeconds(30) });
        return new FaultRig(seed, mutant, log, kafka, broker, server, connection);
    }

    internal WorkerProcess StartWorker(Strike strike = Strike.None, WorkerStage stage = WorkerStage.BeforeCommit, int after = 1)
    {
        var fault = new FaultOptions { Strike = strike, Stage = stage, After = after, Mutant = _mutant };
        _workers.Add(WorkerProcess.Start(Kafka, Server.Address, fault));
        return _workers[^1];
    }

    /// <summary>Produces the log up to this share of its records.</summary>
    internal Task ProduceAsync(double upTo) => ProduceAsync(upTo, TimeSpan.Zero);

    /// <summary>The same in slices of 50 records with pauses, so that it goes on while the scenario strikes.</summary>
    internal async Task ProduceAsync(double upTo, TimeSpan pause)
    {
        for (int end = (int)(Log.Count * upTo); _produced < end;)
        {
            int count = pause == TimeSpan.Zero ? end - _produced : Math.Min(50, end - _produced);
            try
            {
                await _producer.WriteAsync(Log.Skip(_produced).Take(count));
            }
            catch (KafkaException e)
            {
                throw new InvalidOperationException($"Producing stopped; {_broker.Condition}", e);
            }

            _produced += count;
            await Task.Delay(pause);
        }
    }

    /// <summary>Waits until the watermarks in Redis have passed everything that was produced.</summary>
    /// <returns>False when they had not within the time.</returns>
    internal Task<bool> IsFoldedWithinAsync(TimeSpan limit) => IsTrueWithinAsync(IsFoldedAsync, limit);

    internal static Task<bool> IsTrueWithinAsync(Func<bool> condition, TimeSpan limit) =>
        IsTrueWithinAsync(() => Task.FromResult(condition()), limit);

    private static async Task<bool> IsTrueWithinAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested) return false;
            await Task.Delay(20, CancellationToken.None);
        }

        return true;
    }

    /// <summary>Waits for the end of the log, ends the workers, and compares everything with the oracle.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    internal async Task<IReadOnlyList<string>> FinishAsync()
    {
        var violations = new List<string>();
        await ProduceAsync(1);
        // A mutant may never arrive; that it does not is enough to know.
        if (!await IsFoldedWithinAsync(_mutant == Mutant.None ? Patience : Patience / 4))
            violations.Add($"not folded to the end: {string.Join("; ", await ReadWatermarksAsync())}\n{OutputOfWorkers()}");
        foreach (WorkerProcess worker in _workers.Where(w => w.IsRunning))
            if (await worker.StopAsync() is var code and not 0) violations.Add($"a worker ended with exit code {code}:\n{worker.Output}");
        violations.AddRange(await new FoldAudit(Kafka, Connection, Log, Partitions).RunAsync());
        return violations;
    }

    internal PartitionStore Store(int partition) => new(Connection.GetDatabase(), new PartitionKeys(partition));

    internal async Task EmptyRedisAsync() => await Connection.GetServers().Single().FlushAllDatabasesAsync();

    /// <summary>Kills Redis, cuts the append-only file at a byte, and starts Redis again.</summary>
    /// <param name="share">0 cuts everything, 1 nothing.</param>
    internal async Task CutAppendOnlyFileAsync(double share)
    {
        await Server.KillAsync();
        using (FileStream file = File.OpenWrite(Server.AppendOnlyFilePath)) file.SetLength((long)(file.Length * share));
        await Server.RestartAsync();
    }

    private string OutputOfWorkers() => string.Join("\n---\n", _workers.Select(w => w.Output));

    public async ValueTask DisposeAsync()
    {
        foreach (WorkerProcess worker in _workers) worker.Dispose();
        _producer.Dispose();
        await Connection.DisposeAsync();
        await Server.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private async Task<bool> IsFoldedAsync()
    {
        try
        {
            PartitionWatermark?[] watermarks = await ReadWatermarksAsync();
            return Log.Take(_produced).GroupBy(r => (r.Partition, r.Stream))
                .All(produced => watermarks[produced.Key.Partition]?.NextOffset(produced.Key.Stream) == produced.Max(r => r.Offset) + 1);
        }
        catch (Exception e) when (RedisFaults.IsTransient(e))
        {
            return false;
        }
    }

    private Task<PartitionWatermark?[]> ReadWatermarksAsync() =>
        Task.WhenAll(Enumerable.Range(0, Partitions).Select(p => Store(p).ReadWatermarkAsync()));
}
