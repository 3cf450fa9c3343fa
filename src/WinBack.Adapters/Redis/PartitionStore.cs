using StackExchange.Redis;
using WinBack.Core.State;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The states of one partition in Redis. Only <see cref="CommitAsync"/> changes anything, and it is one script that
/// compares the watermark first: so on the current primary, states = fold(log[0..watermark)), always.
/// </summary>
public sealed class PartitionStore(IDatabase redis, PartitionKeys keys)
{
    private static readonly LuaScript CommitScript = new("commit");

    /// <summary>The script with its watermark comparison; tests put one without it here to see that they then fail.</summary>
    internal LuaScript Script { get; init; } = CommitScript;

    /// <summary>False only in tests, to see that they fail when a take-over does not fence.</summary>
    internal bool RaisesEpoch { get; init; } = true;

    /// <summary>Raises the epoch and so fences every earlier writer. Repeating it is harmless.</summary>
    /// <param name="above">
    /// An epoch that the caller has held: the new one is higher even when Redis has forgotten that it was given.
    /// </param>
    /// <returns>The watermark to consume from and to hold.</returns>
    /// <exception cref="StateFormatException">A newer binary has written here: this one must not.</exception>
    public async Task<PartitionWatermark> TakeOverAsync(long above = 0)
    {
        PartitionWatermark? found = await ReadWatermarkAsync().ConfigureAwait(false);
        while (true)
        {
            if (found?.Schema > StateCodec.Version)
                throw new StateFormatException(
                    $"partition {keys.Partition} holds states of version {found.Schema}; this binary writes {StateCodec.Version}: update it");
            PartitionWatermark mine = (found ?? PartitionWatermark.Cold(StateCodec.Version))
                .WithEpoch(Math.Max(found?.Epoch ?? 0, above) + (RaisesEpoch ? 1 : 0), StateCodec.Version);
            CommitResult result = await CommitAsync(found, new StateChunk(mine)).ConfigureAwait(false);
            if (result.IsCommitted) return mine;
            // Even when what is found equals what was to be written, another worker may have put it there: go above it.
            found = result.Found;
        }
    }

    /// <returns>Null when nobody has taken the partition over yet.</returns>
    public async Task<PartitionWatermark?> ReadWatermarkAsync() =>
        ToWatermark(await redis.StringGetAsync(keys.Watermark).ConfigureAwait(false));

    /// <returns>One a customer, in their order; null where there is no state.</returns>
    public async Task<byte[]?[]> ReadStatesAsync(IReadOnlyList<string> customers) =>
        (await ReadAsync(customers, []).ConfigureAwait(false)).Blobs;

    /// <summary>Reads states and counts with the watermark that they are of, at one instant.</summary>
    public async Task<PartitionContent> ReadAsync(IReadOnlyList<string> customers, IReadOnlyList<DateOnly> days)
    {
        RedisKey[] names = [keys.Watermark, .. customers.Select(keys.State), .. days.Select(keys.Metrics)];
        RedisValue[] values = await redis.StringGetAsync(names).ConfigureAwait(false);
        return new PartitionContent(
            ToWatermark(values[0]),
            Array.ConvertAll(values[1..(1 + customers.Count)], value => (byte[]?)value),
            Array.ConvertAll(values[(1 + customers.Count)..], value => OutcomeCounts.Parse(value)));
    }

    /// <summary>Writes the chunk if the watermark still is <paramref name="held"/>; else tells which it is.</summary>
    public async Task<CommitResult> CommitAsync(PartitionWatermark? held, StateChunk chunk)
    {
        (int states, int days) = (chunk.Customers.Count, chunk.Days.Count);
        var names = new RedisKey[1 + states + days];
        var values = new RedisValue[1 + names.Length];
        names[0] = keys.Watermark;
        values[0] = held?.Bytes ?? ReadOnlyMemory<byte>.Empty;
        values[1] = chunk.Watermark.Bytes;
        for (int i = 0; i < states; i++) (names[1 + i], values[2 + i]) = (keys.State(chunk.Customers[i]), chunk.Blobs[i]);
        for (int i = 0; i < days; i++) (names[1 + states + i], values[2 + states + i]) = (keys.Metrics(chunk.Days[i]), chunk.Counts[i]);
        var answer = (RedisResult[])(await Script.RunAsync(redis, names, values).ConfigureAwait(false))!;
        if ((long)answer[0] == 1) return CommitResult.Committed;
        return new CommitResult(false, ToWatermark((RedisValue)answer[1]));
    }

    private static PartitionWatermark? ToWatermark(RedisValue value) =>
        value.IsNullOrEmpty ? null : PartitionWatermark.Parse((byte[])value!);
}
