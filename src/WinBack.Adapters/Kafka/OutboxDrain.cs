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

    private const int MaxDecisions = 200;
    private static readonly Redis.LuaScript ReadScript = new("told");
    private static readonly Redis.LuaScript TrimScript = new("trim");

    /// <summary>Stands for a decision that is there and cannot be read.</summary>
    private static readonly Message<byte[], byte[]> Unreadable = new();

    /// <returns>How many were published and taken off.</returns>
    internal async Task<int> DrainAsync(PartitionWatermark held, CancellationToken stop)
    {
        RedisValue[] requests = await redis.ListRangeAsync(keys.Outbox, 0, MaxDecisions - 1).ConfigureAwait(false);
        if (requests.Length == 0) return 0;

        // Step 1: read them. Those are done that stand before the first one that cannot be read.
        string[] ids = Array.ConvertAll(requests, request => (string)request!);
        RedisResult kept = await ReadScript.RunAsync(redis, Array.ConvertAll(ids, keys.Decision), []).ConfigureAwait(false);
        Message<byte[], byte[]>?[] found = ids.Zip((RedisResult[])kept!, (id, fields) => ToMessage(id, (RedisValue[])fields!)).ToArray();
        int passed = Array.IndexOf(found, Unreadable) is var at && at < 0 ? found.Length : at;
        Message<byte[], byte[]>[] messages = found.Take(passed).OfType<Message<byte[], byte[]>>().ToArray();

        // Step 2: publish them in their order, and wait for the brokers.
        await Task.WhenAll(Array.ConvertAll(messages, message => PublishAsync(message, stop))).ConfigureAwait(false);

        // Step 3: count whom they expose to experiments; before they are off the list, so that none is missed.
        await Task.WhenAll(Array.ConvertAll(messages, ExposeAsync)).ConfigureAwait(false);

        // Step 4: keep what was predicted of some of them, likewise.
        if (Predictions is { } predictions)
            foreach (Message<byte[], byte[]> message in messages) await predictions.TakeAsync(message, held).ConfigureAwait(false);

        // Step 5: take them off.
        if (passed > 0)
            await TrimScript.RunAsync(
                redis, [keys.Watermark, keys.Outbox], [held.Bytes[..8], passed, requests[passed - 1]]).ConfigureAwait(false);
        Instruments.DecisionsPublished.Add(messages.Length);
        return messages.Length;
    }

    /// <summary>Whether one was published that exposed its customer to an experiment.</summary>
    internal bool HasExposed { get; private set; }

    /// <summary>A decision that was traced carries its trace on, as it was; the send is a part of it.</summary>
    private async Task PublishAsync(Message<byte[], byte[]> message, CancellationToken stop)
    {
        Activity? span = message.Headers is { } headers && TraceHeaders.TryRead(headers, out ActivityContext decided)
            ? Spans.StartSend(topic, decided)
            : null;
        try
        {
            DeliveryResult<byte[], byte[]> sent = await producer.ProduceAsync(topic, message, stop).ConfigureAwait(false);
            Spans.EndSend(span, sent.Partition.Value, sent.Offset.Value, error: null);
        }
        catch (KafkaException e)
        {
            Spans.EndSend(span, partition: 0, offset: 0, e.Error.Code.ToString());
            throw;
        }
    }

    private Task ExposeAsync(Message<byte[], byte[]> message)
    {
        if (ExposureWire.Of(message.Value) is not { } exposure) return Task.CompletedTask;
        HasExposed = true;
        return _tally.ExposeAsync(exposure.Customer, exposure.Time, exposure.Assignments);
    }

    /// <param name="fields">Of Scripts/told.lua.</param>
    /// <returns>Null when Redis no longer has it.</returns>
    private Message<byte[], byte[]>? ToMessage(string request, RedisValue[] fields)
    {
        try
        {
            if (StoredDecision.ToMessage(fields) is { } message) return message;
            log.DecisionGone(keys.Partition, request);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException or FormatException)
        {
            log.DecisionUnreadable(keys.Partition, request, e.Message);
            return Unreadable;
        }
    }
}
