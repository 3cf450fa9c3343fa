using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Load.Memory;
using WinBack.Load.Runs;
using WinBack.Testing;

namespace WinBack.Load.Fold;

/// <summary>
/// How fast the fold is: from a broker into Redis, beside a bare consumer of the same topics in the same run. Starts
/// its own broker (the mock cluster) and redis-server on loopback, and ends them.
/// </summary>
internal sealed class FoldLoad(int events, int customers, int partitions, int rounds)
{
    private readonly KafkaOptions _kafka = new();

    internal async Task RunAsync(LoadReport report)
    {
        await using KafkaBroker broker = await KafkaBroker.StartAsync(_kafka.Topics.All(), partitions);
        _kafka.BootstrapServers = broker.BootstrapServers;
        report.Say($"{events:N0} events of {customers:N0} customers, {partitions} partitions, {rounds} rounds");
        await ProduceAsync();
        for (int round = 1; round <= rounds; round++)
        {
            TimeSpan cpu0 = Environment.CpuUsage.TotalTime;
            double bare = BareConsumer();
            TimeSpan cpu1 = Environment.CpuUsage.TotalTime;
            (long allocated0, TimeSpan paused0) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
            (double fold, double bytes, double process, double redisCpu) = await FoldAsync(round);
            double allocated = (double)(GC.GetTotalAllocatedBytes() - allocated0) / events;
            TimeSpan paused = GC.GetTotalPauseDuration() - paused0;
            double foldCpu = (Environment.CpuUsage.TotalTime - cpu1).TotalMicroseconds / events;
            report.Add(Row(round, "bare_consumer", bare, (cpu1 - cpu0).TotalMicroseconds / events));
            LoadRow folded = Row(round, "fold", fold, foldCpu);
            report.Add(folded with
            {
                Peer = "bare_consumer",
                CpuMicroseconds = new Dictionary<string, double>(folded.CpuMicroseconds) { ["Redis"] = redisCpu * 1e6 / events },
                Note = $"Redis {bytes:F0} B/customer, process {process:F0} MiB, allocated {allocated:F0} B/event, "
                    + $"paused {paused.TotalMilliseconds:F0} ms",
            });
        }
    }

    private LoadRow Row(int round, string name, double rate, double cpu) => new(round, name, events, 0, rate, 0, 0, 0)
    {
        CpuMicroseconds = new Dictionary<string, double> { ["generator"] = cpu },
    };

    private async Task ProduceAsync()
    {
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(ClientConfigs.Producer(_kafka)).Build();
        foreach ((EventStream stream, string customer, DateTimeOffset time, byte[] value) in new SyntheticEvents(customers, events, 1).Generate())
        {
            var message = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(customer), Value = value, Timestamp = new Timestamp(time) };
            while (true)
            {
                try
                {
                    producer.Produce(_kafka.Topics.Of(stream), message);
                    break;
                }
                catch (ProduceException<byte[], byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
                {
                    await Task.Delay(10);
                }
            }
        }

        producer.Flush(TimeSpan.FromMinutes(2));
    }

    private double BareConsumer()
    {
        _kafka.GroupId = $"bare-{Guid.NewGuid():N}";
        ConsumerConfig config = ClientConfigs.Consumer(_kafka);
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        consumer.Assign(EventStreams.All.SelectMany(s => Enumerable.Range(0, partitions)
            .Select(p => new TopicPartitionOffset(_kafka.Topics.Of(s), p, Offset.Beginning))));
        // From here on the client fetches; what it has before the first event is asked for was not for nothing either.
        long started = Stopwatch.GetTimestamp();
        for (int read = 0; read < events; read++)
            if (consumer.Consume(TimeSpan.FromSeconds(30)) is null) throw new TimeoutException($"{read} of {events} events after 30 s of silence");

        return events / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<(double Rate, double BytesPerCustomer, double ProcessMiB, double RedisCpuSeconds)> FoldAsync(int round)
    {
        _kafka.GroupId = $"fold-{round}-{Guid.NewGuid():N}";
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(server.Address);
        long before = (await RedisMemory.OfAsync(redis.GetDatabase())).Used;
        var progress = new IngestProgress();
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var worker = new IngestWorker(
            _kafka, new FoldOptions(), redis.GetDatabase(), progress, TimeProvider.System, NullLogger<IngestWorker>.Instance);
        Task running = Task.Factory.StartNew(() => worker.Run(stop.Token), TaskCreationOptions.LongRunning);
        while (progress.Records == 0 && !running.IsCompleted) await Task.Delay(1);
        long first = progress.Records;
        long started = Stopwatch.GetTimestamp();
        while (progress.Records < events && !running.IsCompleted) await Task.Delay(1);
        double rate = (events - first) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        long after = (await RedisMemory.OfAsync(redis.GetDatabase())).Used;
        double redisCpu = await RedisMemory.CpuSecondsAsync(redis.GetDatabase());
        await stop.CancelAsync();
        await running;
        return (rate, (after - before) / (double)customers, Environment.WorkingSet / 1048576.0, redisCpu);
    }
}
