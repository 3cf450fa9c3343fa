using System.Diagnostics;
using Confluent.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Core.Decisions;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// The only writer of the states of one partition, for as long as its epoch is the highest. Takes records in the order
/// of their offsets and moves states and watermark on by whole chunks. Used by one thread at a time.
/// </summary>
internal sealed class PartitionTask(
    int partition,
    PartitionStore store,
    IngestContext context,
    OutboxDrain outbox,
    ExperimentTally tally,
    CapCorrections corrections,
    ResponseCounter responses,
    PredictionWatch predictions,
    PartitionWatermark watermark,
    int maxCachedStates)
{
    private readonly StateCache _states = new(store, maxCachedStates);
    private readonly ChunkBuilder _chunk = new(context) { TracksSuccesses = true, Predictions = predictions };
    private PartitionWatermark _held = watermark;
    private long _fencedAt;

    internal int Partition => partition;

    internal PartitionWatermark Held => _held;

    internal bool IsFenced { get; private set; }

    /// <summary>Folds the records of one poll, chunk after chunk; stops at the first that Redis does not take.</summary>
    internal async Task<ChunkVerdict> ProcessAsync(IReadOnlyList<ConsumeResult<byte[], byte[]>> records, CancellationToken stop)
    {
        for (int from = 0; from < records.Count && !IsFenced;)
        {
            long started = context.Time.GetTimestamp();
            from = _chunk.Take(records, from, _held);
            using Activity? span = Spans.StartProcess(context.Options.GroupId, partition, _chunk.RecordCount, _chunk.Senders);
            ChunkVerdict verdict = await ProcessChunkAsync(stop).ConfigureAwait(false);
            if (verdict != ChunkVerdict.Continue) Spans.Fail(span, IngestContext.VerdictName(verdict));
            if (verdict != ChunkVerdict.Continue) return verdict;
            context.Count(_chunk, context.Time.GetElapsedTime(started));
        }

        return IsFenced ? ChunkVerdict.Fenced : ChunkVerdict.Continue;
    }

    /// <summary>Looks whether Redis still has the watermark held: an idle partition would not notice its loss otherwise.</summary>
    internal async Task<ChunkVerdict> CheckAsync(CancellationToken stop)
    {
        if (IsFenced) return await TakeBackAsync(stop).ConfigureAwait(false);
        PartitionWatermark? found = await context.RetryAsync(partition, store.ReadWatermarkAsync, stop).ConfigureAwait(false);
        _chunk.TracksSuccesses = outbox.HasExposed || await context.RetryAsync(partition, tally.IsOpenAsync, stop).ConfigureAwait(false);
        if (found?.Equals(_held) != true) return await YieldAsync(found, stop).ConfigureAwait(false);
        await context.RetryAsync(partition, () => predictions.VouchAsync(_held), stop).ConfigureAwait(false);
        return ChunkVerdict.Continue;
    }

    /// <summary>Tells where the topics end, so that it can be noted until when the partition is folded.</summary>
    /// <param name="asked">UTC; before the brokers were asked.</param>
    /// <param name="ends">Shape [streams].</param>
    internal void NoteEnds(DateTimeOffset asked, long[] ends) => predictions.FoldedUntil.Ask(asked, ends, _held);

    /// <summary>Publishes decisions; what cannot be published now stays for the next time.</summary>
    internal async Task DrainOutboxAsync(CancellationToken stop)
    {
        try
        {
            if (!IsFenced) await context.BoundedAsync(outbox.DrainAsync(_held, stop)).ConfigureAwait(false);
            _chunk.TracksSuccesses |= outbox.HasExposed;
        }
        catch (Exception e) when (IngestContext.IsTransient(e) || e is StoreUnavailableException)
        {
            context.Log.StoreAway(partition, e.GetType().Name, e.Message);
        }
    }

    private async Task<ChunkVerdict> ProcessChunkAsync(CancellationToken stop)
    {
        // Step 1: the states of the chunk's customers, from the cache or from Redis.
        PartitionWatermark? found = await context.RetryAsync(
            partition, () => _states.LoadAsync(_chunk.Customers, _chunk.Days, _held), stop).ConfigureAwait(false);
        if (found?.Equals(_held) != true) return await YieldAsync(found, stop).ConfigureAwait(false);

        // Step 2: the fold.
        StateChunk write = _chunk.Fold(_states, _held);

        // Step 3: dead and late letters, acknowledged before the chunk that passes them.
        if (context.Probe.DivertsFirst) await DivertAsync(stop).ConfigureAwait(false);

        // Step 4: caps, before the watermark passes what they were corrected by.
        if (context.Probe.CorrectsFirst) await CorrectCapsAsync(stop).ConfigureAwait(false);

        // Successes of experiments and activity after predictions alike; told again, they count no more.
        await CountSuccessesAsync(stop).ConfigureAwait(false);
        if (predictions.HasMarks) await context.RetryAsync(partition, predictions.WriteMarksAsync, stop).ConfigureAwait(false);

        // Step 5: responses, before the watermark passes them too; to count them again changes nothing.
        await LearnAsync(stop).ConfigureAwait(false);

        // Step 6: states and watermark, or nothing. The same call again until there is an answer.
        context.Probe.AtStage(WorkerStage.BeforeCommit);
        CommitResult result = await context.RetryAsync(partition, () => store.CommitAsync(_held, write), stop).ConfigureAwait(false);
        context.Probe.AtStage(WorkerStage.AfterCommit);
        if (!context.Probe.DivertsFirst) await DivertAsync(stop).ConfigureAwait(false);
        if (!context.Probe.CorrectsFirst) await CorrectCapsAsync(stop).ConfigureAwait(false);

        // Step 7: what was found instead decides. The new watermark itself means that a lost answer was a yes.
        if (!result.IsCommitted && result.Found?.Equals(write.Watermark) != true)
            return await YieldAsync(result.Found, stop).ConfigureAwait(false);
        _held = write.Watermark;
        return ChunkVerdict.Continue;
    }

    private async Task CorrectCapsAsync(CancellationToken stop)
    {
        if (_chunk.Touches.Count == 0) return;
        await context.RetryAsync(
            partition,
            () => Task.WhenAll(_chunk.Touches.Select(touched => corrections.HearAsync(touched.Key, touched.Value))),
            stop).ConfigureAwait(false);
        context.Probe.AtStage(WorkerStage.AfterCaps);
    }

    private async Task CountSuccessesAsync(CancellationToken stop)
    {
        if (_chunk.Successes.Count == 0) return;
        await context.RetryAsync(partition, () => tally.SucceedAsync(_chunk.Successes), stop).ConfigureAwait(false);
    }

    private async Task LearnAsync(CancellationToken stop)
    {
        // One after the other: a return is the answer to the touch that was told before it.
        foreach ((string customer, ResponseNews news) in _chunk.Responses)
        {
            if (news.Kind == ResponseNewsKind.Erased)
                await context.RetryAsync(partition, () => predictions.ForgetAsync(customer), stop).ConfigureAwait(false);
            await context.RetryAsync(partition, () => responses.LearnAsync(customer, news), stop).ConfigureAwait(false);
        }
    }

    private async Task DivertAsync(CancellationToken stop)
    {
        if (_chunk.Diverted.Count == 0) return;
        context.Probe.AtStage(WorkerStage.BeforeDiverted);
        await context.RetryAsync(
            partition,
            async () =>
            {
                await context.Diverted.WriteAsync(_chunk.Diverted, stop).ConfigureAwait(false);
                return true;
            },
            stop).ConfigureAwait(false);
        context.Probe.AtStage(WorkerStage.AfterDiverted);
    }

    private async Task<ChunkVerdict> YieldAsync(PartitionWatermark? found, CancellationToken stop)
    {
        _states.Clear();
        if (found?.Epoch > _held.Epoch)
        {
            IsFenced = true;
            _fencedAt = context.Time.GetTimestamp();
            context.Log.Fenced(partition, _held.Epoch, found.Epoch);
            context.CountVerdict(ChunkVerdict.Fenced);
            return ChunkVerdict.Fenced;
        }

        if (found?.Epoch == _held.Epoch && !found.IsAtOrBehind(_held))
            throw new InvalidOperationException(
                $"partition {partition}: Redis has {found}, this worker holds {_held}; two writers share an epoch, which is a bug");

        PartitionWatermark lost = _held;
        _held = await context.RetryAsync(partition, () => store.TakeOverAsync(lost.Epoch), stop).ConfigureAwait(false);
        await context.RetryAsync(partition, predictions.LoadAsync, stop).ConfigureAwait(false);
        context.Log.TailLost(partition, lost.ToString(), _held.ToString());
        context.CountVerdict(ChunkVerdict.SeekBack);
        return ChunkVerdict.SeekBack;
    }

    /// <summary>
    /// Whoever fenced this worker owns the partition, and the rebalance that made it the owner takes the partition from
    /// here. If none has by now, it took over late and is gone, and without this the partition would rest until the next.
    /// </summary>
    private async Task<ChunkVerdict> TakeBackAsync(CancellationToken stop)
    {
        if (context.Time.GetElapsedTime(_fencedAt) < 2 * context.Options.SessionTimeout) return ChunkVerdict.Fenced;
        _held = await context.RetryAsync(partition, () => store.TakeOverAsync(_held.Epoch), stop).ConfigureAwait(false);
        await context.RetryAsync(partition, predictions.LoadAsync, stop).ConfigureAwait(false);
        IsFenced = false;
        context.Log.TookOver(partition, _held.ToString());
        return ChunkVerdict.SeekBack;
    }
}
