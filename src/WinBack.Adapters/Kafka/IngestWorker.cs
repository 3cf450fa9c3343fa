using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Metrics;
using WinBack.Core.State;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Reads the event topics and feeds the tasks of the partitions assigned to this process, on a thread of its own:
/// poll a batch, let every task fold its records, let every task compare its watermark now and then.
/// </summary>
public sealed class IngestWorker : IDisposable
{
    private readonly IngestContext _context;
    private readonly IDatabase _redis;
    private readonly int _partitionCount;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly Dictionary<int, PartitionTask> _tasks = [];
    private readonly IngestProgress _progress;
    private readonly PollBatch _batch;
    private readonly FoldOptions _fold;
    private readonly OutboxTurns _outboxes;

    public IngestWorker(
        KafkaOptions options, FoldOptions fold, IDatabase redis, IngestProgress progress, TimeProvider time, ILogger<IngestWorker> log)
        : this(options, redis, progress, time, log, new EventPipeline(fold), fold, WorkerProbe.None)
    {
    }

    internal IngestWorker(
        KafkaOptions options,
        IDatabase redis,
        IngestProgress progress,
        TimeProvider time,
        ILogger log,
        EventPipeline pipeline,
        FoldOptions fold,
        WorkerProbe probe)
    {
        _partitionCount = TopicLayout.PartitionCount(options, TimeSpan.FromSeconds(10));
        _producer = new ProducerBuilder<byte[], byte[]>(ClientConfigs.DecisionProducer(options)).Build();
        (_redis, _fold, _progress) = (redis, fold, progress);
        _batch = new PollBatch(options);
        _outboxes = new OutboxTurns(options.OutboxPeriod, time);
        _context = new IngestContext(
            options, pipeline, new EventReader(_partitionCount, fold.Currency),
            new DivertedRecordProducer(_producer, options.Topics), progress, time, log, probe);
        IngestContext.BeginAtZero();
    }

    /// <summary>Makes the store of a partition; tests put in one with a guard taken out.</summary>
    internal Func<IDatabase, PartitionKeys, PartitionStore> StoreFactory { get; init; } =
        static (redis, keys) => new PartitionStore(redis, keys);

    /// <summary>How decisions and caps are kept; for publishing and correcting them.</summary>
    public RedisOptions Redis { get; init; } = new();

    /// <summary>How responses to touches are counted.</summary>
    public ResponseOptions Responses { get; init; } = new();

    /// <summary>How served predictions are kept.</summary>
    public CalibrationOptions Calibration { get; init; } = new();

    /// <summary>Runs until told to stop; blocks the calling thread, which should be one of its own.</summary>
    /// <exception cref="KafkaException">The brokers refuse for good, or no longer hold the records of a watermark.</exception>
    public void Run(CancellationToken stop)
    {
        using IConsumer<byte[], byte[]> consumer = BuildConsumer(stop);
        using var ends = new LogEnds(_producer.Handle, _context, Calibration.Period);
        consumer.Subscribe(EventStreams.All.Select(_context.Options.Topics.Of));
        _context.Log.Started(_partitionCount, _context.Options.GroupId);
        long checkedAt = _context.Time.GetTimestamp();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var publishing = Task.WhenAll(
                    _outboxes.Take().Select(p => _tasks[p]).Select(task => Task.Run(() => task.DrainOutboxAsync(stop), stop)));
                _batch.Poll(consumer);
                // A partition is published and folded by one thread at a time.
                publishing.GetAwaiter().GetResult();
                Await(
                    Task.WhenAll(_batch.Partitions.Select(p => Task.Run(() => ProcessAsync(_tasks[p.Key], p.Value, stop), stop))), consumer);
                bool isDue = _context.Time.GetElapsedTime(checkedAt) >= _context.Options.WatermarkCheck;
                if (isDue) Await(Task.WhenAll(_tasks.Values.Select(t => Task.Run(() => CheckAsync(t, stop), stop))), consumer);
                // Readiness waits for it, so it is looked for at once.
                if (isDue || _progress.Lag is null) _progress.Lag = FoldLag.RecordAll(_tasks.Values, consumer, _context.Options.Topics);
                if (!isDue) continue;
                ends.Turn(_tasks);
                checkedAt = _context.Time.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whatever was under way is either committed or not; the next owner finds out by the watermark.
        }

        GroupLeave.LeaveAndClose(consumer, _context);
    }

    public void Dispose() => _producer.Dispose();

    private IConsumer<byte[], byte[]> BuildConsumer(CancellationToken stop) =>
        new ConsumerBuilder<byte[], byte[]>(ClientConfigs.Consumer(_context.Options))
            .SetPartitionsAssignedHandler((_, assigned) => Assign(assigned, stop))
            .SetPartitionsRevokedHandler((_, revoked) => Revoke(revoked.Select(r => r.Partition.Value)))
            .SetPartitionsLostHandler((_, lost) => Revoke(lost.Select(r => r.Partition.Value)))
            .SetErrorHandler((_, error) => _context.Log.KafkaError(error.Reason))
            .Build();

    /// <summary>Takes every assigned partition over and answers where to consume from: the watermarks, not the committed offsets.</summary>
    private IEnumerable<TopicPartitionOffset> Assign(List<TopicPartition> assigned, CancellationToken stop)
    {
        int[] partitions = assigned.Select(a => a.Partition.Value).Distinct().Order().ToArray();
        if (assigned.Count != partitions.Length * EventStreams.Count)
            throw new TopicLayoutException(
                $"assigned {assigned.Count} topic partitions for {partitions.Length} partition numbers: all members of group "
                + $"'{_context.Options.GroupId}' must subscribe to the same {EventStreams.Count} topics with the range assignor");
        int maxCachedStates = _context.Options.MaxCachedStates / Math.Max(1, partitions.Length);
        _batch.Clear();
        try
        {
            Task<PartitionTask>[] taken = Array.ConvertAll(partitions, p => Task.Run(() => TakeOverAsync(p, maxCachedStates, stop), stop));
            foreach (PartitionTask task in Task.WhenAll(taken).GetAwaiter().GetResult()) _tasks[task.Partition] = task;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop meanwhile. Also called by Close, out of which this must not be thrown.
            return [];
        }

        // What was known was the lag of other partitions, or of none.
        _progress.Lag = null;
        _progress.AssignedPartitions = _tasks.Count;
        _outboxes.Spread(_tasks.Keys);
        return partitions.SelectMany(p => StartOffsets(_tasks[p]));
    }

    private async Task<PartitionTask> TakeOverAsync(int partition, int maxCachedStates, CancellationToken stop)
    {
        var keys = new PartitionKeys(partition);
        PartitionStore store = StoreFactory(_redis, keys);
        PartitionWatermark held = await _context.RetryAsync(partition, () => store.TakeOverAsync(), stop).ConfigureAwait(false);
        _context.Log.TookOver(partition, held.ToString());
        Instruments.TakeOvers.Add(1);
        var kept = new PredictionStore(_redis, keys, Calibration.KeptDays(_fold.Horizon));
        var predictions = new PredictionWatch(kept, Calibration, Calibration.PerPartition(_partitionCount), _context.Time);
        await _context.RetryAsync(partition, predictions.LoadAsync, stop).ConfigureAwait(false);
        var outbox = new OutboxDrain(_redis, keys, _producer, _context.Options.Topics.Decisions, _context.Log) { Predictions = predictions };
        var corrections = new CapCorrections(_redis, keys, Redis.ClockOffset);
        var responses = new ResponseCounter(_redis, keys, Responses, _context.Log);
        var tally = new ExperimentTally(_redis, keys);
        return new PartitionTask(partition, store, _context, outbox, tally, corrections, responses, predictions, held, maxCachedStates);
    }

    private void Revoke(IEnumerable<int> partitions)
    {
        _batch.Clear();
        int[] gone = partitions.Distinct().ToArray();
        foreach (int partition in gone)
            if (_tasks.Remove(partition)) FoldLag.Record(partition, 0);
        _progress.AssignedPartitions = _tasks.Count;
        _outboxes.Spread(_tasks.Keys);
        if (gone.Length > 0) _context.Log.Revoked(gone.Length);
    }

    private static async Task<(PartitionTask Task, ChunkVerdict Verdict)> ProcessAsync(
        PartitionTask task, List<ConsumeResult<byte[], byte[]>> records, CancellationToken stop) =>
        (task, await task.ProcessAsync(records, stop).ConfigureAwait(false));

    private static async Task<(PartitionTask Task, ChunkVerdict Verdict)> CheckAsync(PartitionTask task, CancellationToken stop) =>
        (task, await task.CheckAsync(stop).ConfigureAwait(false));

    /// <summary>Waits for the tasks, then moves the consumer as their verdicts say.</summary>
    private void Await(Task<(PartitionTask Task, ChunkVerdict Verdict)[]> running, IConsumer<byte[], byte[]> consumer)
    {
        foreach ((PartitionTask task, ChunkVerdict verdict) in running.GetAwaiter().GetResult())
        {
            if (verdict == ChunkVerdict.SeekBack && _context.Probe.SeeksBack)
                foreach (TopicPartitionOffset start in StartOffsets(task)) consumer.Seek(start);
            if (verdict == ChunkVerdict.Continue)
                foreach (TopicPartitionOffset start in StartOffsets(task))
                    if (start.Offset.Value >= 0) consumer.StoreOffset(start);
        }
    }

    private IEnumerable<TopicPartitionOffset> StartOffsets(PartitionTask task) => EventStreams.All.Select(
        stream => new TopicPartitionOffset(
            _context.Options.Topics.Of(stream),
            task.Partition,
            task.Held.NextOffset(stream) is var next && next == PartitionWatermark.Beginning ? Offset.Beginning : new Offset(next)));
}
