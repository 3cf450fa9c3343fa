using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Events;
using WinBack.Load.Runs;
using WinBack.Testing;

namespace WinBack.Load.Memory;

/// <summary>
/// What customers cost in Redis: states as the fold makes them, written by the fold's own script into a redis-server of its
/// own; memory, time, and the sizes of a snapshot and of the append-only file.
/// </summary>
/// <remarks>The states of some thousand customers are repeated under other names, so their sizes are spread as those are.</remarks>
internal sealed class MemoryLoad(string name, IReadOnlyList<byte[]> blobs, int customers, int partitions)
{
    private const int ChunkCustomers = 64;

    internal async Task RunAsync(LoadReport report, CancellationToken stop)
    {
        report.Say(Line($"{customers:N0} customers, states of {blobs.Count:N0} ({name}): {CustomerMix.Sizes(blobs)}"));
        // Not rewritten on the way, so that its size is that of what was appended.
        var options = new RedisServerOptions { AppendOnly = AppendOnly.EverySecond, Arguments = ["--auto-aof-rewrite-percentage", "0"] };
        await using RedisServer server = await RedisServer.StartAsync(options, stop);
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(server.Address);
        RedisMemory before = await RedisMemory.OfAsync(redis.GetDatabase());
        double cpuBefore = await RedisMemory.CpuSecondsAsync(redis.GetDatabase());
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, partitions).Select(p => Task.Run(() => LoadAsync(redis.GetDatabase(), p, stop), stop)));
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        double cpu = await RedisMemory.CpuSecondsAsync(redis.GetDatabase()) - cpuBefore;
        RedisMemory after = await RedisMemory.OfAsync(redis.GetDatabase());
        report.Say(Line($"written in {took.TotalSeconds:N1} s; CPU of Redis {cpu * 1e6 / customers:N2} us a customer"));
        report.Say(Line(
            $"memory, bytes a customer: {Each(after.Used - before.Used)} of the allocator, {Each(after.Resident - before.Resident)} resident, ")
            + Line($"{Each(after.DataSet - before.DataSet)} without the table of keys"));
        report.Say(Line($"append-only file as written: {Each(new FileInfo(server.AppendOnlyFilePath).Length)} bytes a customer"));
        await SnapshotAsync(redis.GetDatabase(), report, stop);
    }

    /// <summary>Writes the customers of one partition, chunk after chunk, as a task does.</summary>
    private async Task LoadAsync(IDatabase redis, int partition, CancellationToken stop)
    {
        var store = new PartitionStore(redis, new PartitionKeys(partition));
        PartitionWatermark held = await store.TakeOverAsync();
        long offset = 0;
        StateChunk chunk = New();
        for (int i = 0; i < customers; i++)
        {
            string customer = Line($"{i:D10}");
            if (CustomerPartition.Of(new CustomerId(customer), partitions) != partition) continue;
            chunk.Put(customer, blobs[i % blobs.Count]);
            if (chunk.Customers.Count == ChunkCustomers) await CommitAsync();
        }

        await CommitAsync();

        StateChunk New() => new(held.WithOffsets([++offset, offset, offset, offset, offset]));

        async Task CommitAsync()
        {
            stop.ThrowIfCancellationRequested();
            if (!(await store.CommitAsync(held, chunk)).IsCommitted) throw new InvalidOperationException($"partition {partition} was not written");
            held = chunk.Watermark;
            chunk = New();
        }
    }

    private async Task SnapshotAsync(IDatabase redis, LoadReport report, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        await redis.ExecuteAsync("BGSAVE");
        while (await RedisMemory.FieldAsync(redis, "persistence", "rdb_bgsave_in_progress") != 0) await Task.Delay(20, stop);
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        string folder = (string)((RedisResult[])(await redis.ExecuteAsync("CONFIG", "GET", "dir"))!)[1]!;
        long size = new FileInfo(Path.Combine(folder, "dump.rdb")).Length;
        report.Say(Line($"snapshot: {Each(size)} bytes a customer, written in {took.TotalSeconds:N1} s"));
    }

    private string Each(long bytes) => Line($"{(double)bytes / customers:F0}");

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
