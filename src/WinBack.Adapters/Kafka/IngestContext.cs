using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Metrics;

namespace WinBack.Adapters.Kafka;

/// <summary>What all partition tasks of a worker share.</summary>
internal sealed class IngestContext(
    KafkaOptions options,
    EventPipeline pipeline,
    EventReader reader,
    DivertedRecordProducer diverted,
    IngestProgress progress,
    TimeProvider time,
    ILogger log,
    WorkerProbe probe)
{
    private readonly Dictionary<string, EventStream> _streams =
        EventStreams.All.ToDictionary(options.Topics.Of, StringComparer.Ordinal);

    internal KafkaOptions Options => options;

    internal EventPipeline Pipeline => pipeline;

    internal EventReader Reader => reader;

    internal DivertedRecordProducer Diverted => diverted;

    internal TimeProvider Time => time;

    internal ILogger Log => log;

    internal WorkerProbe Probe => probe;

    internal EventStream StreamOf(string topic) => _streams[topic];

    /// <summary>
    /// Makes the counters that alerts are made of begin at 0. A series that begins with its first count shows no increase, so the
    /// first dead letter would go unnoticed.
    /// </summary>
    internal static void BeginAtZero()
    {
        foreach (FoldOutcome outcome in Enum.GetValues<FoldOutcome>()) Count(outcome, 0);
        foreach (ChunkVerdict verdict in Enum.GetValues<ChunkVerdict>()) CountCommit(verdict, 0);
        Instruments.CodesRefused.Add(0);
        Instruments.TakeOvers.Add(0);
        Instruments.DecisionsPublished.Add(0);
    }

    internal void Count(ChunkBuilder chunk, TimeSpan duration)
    {
        for (int i = 0; i < chunk.Outcomes.Length; i++)
        {
            if (chunk.Outcomes[i] == 0) continue;
            var outcome = (FoldOutcome)i;
            progress.Add(outcome, chunk.Outcomes[i]);
            Count(outcome, chunk.Outcomes[i]);
        }

        if (chunk.CodesRefused > 0) Instruments.CodesRefused.Add(chunk.CodesRefused);
        CountVerdict(ChunkVerdict.Continue);
        Instruments.ChunkDuration.Record(duration.TotalSeconds);
        for (int i = 0; i < chunk.OptOuts.Count; i++) Instruments.OptOutDelay.Record((time.GetUtcNow() - chunk.OptOuts[i]).TotalSeconds);
    }

    internal void CountVerdict(ChunkVerdict verdict)
    {
        progress.Add(verdict);
        CountCommit(verdict, 1);
    }

    private static void Count(FoldOutcome outcome, int records) => Instruments.RecordsFolded.Add(
        records, new KeyValuePair<string, object?>("winback.fold.outcome", FoldOutcomeNames.Of(outcome)));

    private static void CountCommit(ChunkVerdict verdict, int commits) =>
        Instruments.Commits.Add(commits, new KeyValuePair<string, object?>("winback.commit.result", VerdictName(verdict)));

    /// <summary>
    /// Beyond all time limits of the clients. When a connection breaks at the wrong moment, the Redis client may lose a command
    /// and never complete it (StackExchange.Redis issue 2742); a partition must not wait for it.
    /// </summary>
    private static readonly TimeSpan LostCallLimit = TimeSpan.FromMinutes(1);

    /// <summary>Repeats while Redis or Kafka is away. Every call here may be repeated, whether the last one ran or not.</summary>
    internal async Task<T> RetryAsync<T>(int partition, Func<Task<T>> call, CancellationToken stop)
    {
        for (TimeSpan pause = TimeSpan.FromMilliseconds(20); ; pause = Min(pause * 2, TimeSpan.FromSeconds(1)))
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return await BoundedAsync(call()).ConfigureAwait(false);
            }
            catch (Exception e) when (IsTransient(e))
            {
                log.StoreAway(partition, e.GetType().Name, e.Message);
            }

            await Task.Delay(pause, time, stop).ConfigureAwait(false);
        }
    }

    /// <exception cref="TimeoutException">It did not end: it is lost, or still under way.</exception>
    internal Task<T> BoundedAsync<T>(Task<T> call) => call.WaitAsync(LostCallLimit, time);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    internal static bool IsTransient(Exception e) => RedisFaults.IsTransient(e) || e is KafkaException { Error.IsFatal: false };

    internal static string VerdictName(ChunkVerdict verdict) => verdict switch
    {
        ChunkVerdict.Continue => "committed",
        ChunkVerdict.Fenced => "fenced",
        _ => "tail_lost",
    };
}
