using System.Diagnostics;
using Confluent.Kafka;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Adapters.Wire;
using WinBack.Core.Metrics;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Moves a partition's decisions from its outbox in Redis to the decisions topic, oldest first and keyed by customer:
/// published, acknowledged, then taken off the list. After a crash some are published again (at least once); readers
/// drop the second by decision id. The reply to the caller never waited for it.
/// </summary>
/// <remarks>
/// A decision that this binary cannot read (a newer one wrote it, or it is damaged) stays, and so does what came after it:
/// it is logged again and again, the fold goes on, and an updated binary publishes it. One that Redis no longer has was
/// in the outbox for longer than it is kept; it is logged and passed over.
/// </remarks>
internal sealed class OutboxDrain(
    IDatabase redis, PartitionKeys keys, IProducer<byte[], byte[]> producer, string topic, ILogger log)
{
    private readonly ExperimentTally _tally = new(redis, keys);

    /// <summary>Null in tests that need none.</summary>
    internal PredictionWatch? Predictions { get; init; }

    /// <summary>Of one pass; bounds what it holds, and how long its scripts take.</summary>
    private const int MostOfPass = 200;

    /// <summary>Bounds how long the fold of the partition waits. A full outbox is taken off at a multiple of what one worker can decide.</summary>
    private const int MostPasses = 10;

    private static readonly Redis.LuaScript ReadScript = new("told");
    private static readonly Redis.LuaScript TrimScript = new("trim");

    /// <returns>How many were published.</returns>
    internal async Task<int> DrainAsync(PartitionWatermark held, CancellationToken stop)
    {
        int published = 0;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            (int sent, int takenOff) = await PassAsync(held, stop).ConfigureAwait(false);
            published += sent;
            if (takenOff < MostOfPass) break;
        }

        return published;
    }

    /// <returns>How many were published, and how many taken off the list.</returns>
    private async Task<(int Published, int TakenOff)> PassAsync(PartitionWatermark held, CancellationToken stop)
    {
        RedisValue[] requests = await redis.ListRangeAsync(keys.Outbox, 0, MostOfPass - 1).ConfigureAwait(false);
        if (requests.Length == 0) return default;

        // Step 1: read them. Those are done that stand before the first one that cannot be read.
        var fields = (RedisValue[])(await ReadScript.RunAsync(
            redis, Array.ConvertAll(requests, request => keys.Decision(request!)), []).ConfigureAwait(false))!;
        int passed = Read(requests, fields, out List<Message<byte[], byte[]>> messages);

        // Step 2: publish them in their order, and wait for the brokers.
        await PublishAsync(messages, stop).ConfigureAwait(false);

        // Step 3: count whom they expose to experiments; before they are off the list, so that none is missed.
        await Task.WhenAll(messages.Select(message => ExposureWire.Of(message.Value)).OfType<ExposureWire>().Select(ExposeAsync))
            .ConfigureAwait(false);

        // Step 4: keep what was predicted of some of them, likewise.
        if (Predictions is { } predictions)
            foreach (Message<byte[], byte[]> message in messages) await predictions.TakeAsync(message, held).ConfigureAwait(false);

        // Step 5: take them off. What stays, since another worker has the partition now, is not to be published once more here.
        bool isTaken = passed > 0 && (int)await TrimScript.RunAsync(
            redis, [keys.Watermark, keys.Outbox], [held.Bytes[..8], passed, requests[passed - 1]]).ConfigureAwait(false) == 1;
        Instruments.DecisionsPublished.Add(messages.Count);
        return (messages.Count, isTaken ? passed : 0);
    }

    /// <summary>Whether one was published that exposed its customer to an experiment.</summary>
    internal bool HasExposed { get; private set; }

    /// <param name="fields">Of Scripts/told.lua, for all of them.</param>
    /// <returns>How many stand before the first one that cannot be read; those that Redis no longer has are among them.</returns>
    private int Read(RedisValue[] requests, RedisValue[] fields, out List<Message<byte[], byte[]>> messages)
    {
        messages = new List<Message<byte[], byte[]>>(requests.Length);
        for (int i = 0; i < requests.Length; i++)
        {
            try
            {
                ReadOnlySpan<RedisValue> own = fields.AsSpan(i * StoredDecision.ToldFields, StoredDecision.ToldFields);
                if (StoredDecision.ToMessage(own) is { } message) messages.Add(message);
                else log.DecisionGone(keys.Partition, requests[i].ToString());
            }
            catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException or FormatException)
            {
                log.DecisionUnreadable(keys.Partition, requests[i].ToString(), e.Message);
                return i;
            }
        }

        return requests.Length;
    }

    /// <exception cref="KafkaException">The brokers do not have all of them.</exception>
    private async Task PublishAsync(List<Message<byte[], byte[]>> messages, CancellationToken stop)
    {
        var reports = new DeliveryReports(messages.Count);
        Action<DeliveryReport<byte[], byte[]>> take = reports.Take;
        for (int i = 0; i < messages.Count; i++)
        {
            // A decision that was traced carries its trace on, as it was; the send is a part of it.
            Activity? span = messages[i].Headers is { } headers && TraceHeaders.TryRead(headers, out ActivityContext decided)
                ? Spans.StartSend(topic, decided)
                : null;
            try
            {
                producer.Produce(topic, messages[i], span is null ? take : reports.TakeAndEnd(span));
            }
            catch (KafkaException e)
            {
                // The client takes no more now. What it took is waited for, since all of them are sent again.
                Spans.EndSend(span, partition: 0, offset: 0, e.Error.Code.ToString());
                reports.Miss(messages.Count - i, e.Error);
                break;
            }
        }

        await reports.All.WaitAsync(stop).ConfigureAwait(false);
    }

    private Task ExposeAsync(ExposureWire exposure)
    {
        HasExposed = true;
        return _tally.ExposeAsync(exposure.Customer, exposure.Time, exposure.Assignments);
    }
}
