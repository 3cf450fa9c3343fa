using StackExchange.Redis;
using WinBack.Core.Models;
using WinBack.Core.State;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The predictions of one partition that wait for their label. What is stored is a set: of each customer and day the first
/// prediction, and the earliest activity since. Nothing is ever added up there, so nothing that is told again can count twice.
/// </summary>
internal sealed class PredictionStore(IDatabase redis, PartitionKeys keys, int keptDays)
{
    private static readonly LuaScript SampleScript = new("sample");
    private static readonly LuaScript MarkScript = new("mark");
    private static readonly LuaScript VouchScript = new("vouch");

    internal int KeptDays => keptDays;

    /// <summary>Tests put scripts without a guard here, to see that they then fail.</summary>
    internal LuaScript Sample { get; init; } = SampleScript;

    internal LuaScript Mark { get; init; } = MarkScript;

    internal LuaScript Vouch { get; init; } = VouchScript;

    /// <summary>All that are kept and can be read: the fold goes on beside what a newer binary wrote.</summary>
    /// <param name="today">UTC.</param>
    internal async Task<IReadOnlyList<PredictionSample>> ReadAsync(DateOnly today)
    {
        HashEntry[][] days = await Task.WhenAll(
            Enumerable.Range(0, keptDays).Select(ago => redis.HashGetAllAsync(keys.Predictions(today.AddDays(-ago)))))
            .ConfigureAwait(false);
        return [.. days.SelectMany(SampleText.ReadAll).OfType<PredictionSample>()];
    }

    /// <param name="evicted">The customer that gives way when this one is new; null for none.</param>
    /// <returns>
    /// The sample that stands for the customer and day; null when the caller does not own the partition, or a newer binary wrote it.
    /// </returns>
    internal async Task<PredictionSample?> AddAsync(PartitionWatermark held, PredictionSample sample, ulong? evicted)
    {
        string field = SampleText.Field(sample.Customer);
        RedisValue[] values =
        [
            held.Bytes[..8], field, SampleText.Write(sample), evicted is { } gone ? SampleText.Field(gone) : "",
            (long)TimeSpan.FromDays(keptDays).TotalMilliseconds,
        ];
        string stands = (string)(await Sample.RunAsync(
            redis, [keys.Watermark, keys.Predictions(SampleDays.Of(sample.Time))], values).ConfigureAwait(false))!;
        return stands.Length > 0 ? SampleText.TryRead(field, stands, firstActivity: null) : null;
    }

    /// <returns>How many told something new.</returns>
    internal async Task<int> MarkAsync(IReadOnlyCollection<ActivityMark> marks) => (int)await Mark.RunAsync(
        redis,
        [.. marks.Select(mark => keys.Predictions(mark.Day))],
        [.. marks.SelectMany(mark => new RedisValue[] { SampleText.Field(mark.Customer), mark.TimeMs })]).ConfigureAwait(false);

    /// <summary>Notes that everything that had arrived before an instant (UTC) is folded.</summary>
    /// <returns>False when the partition does not stand at the watermark held any more; nothing is noted then.</returns>
    internal async Task<bool> VouchAsync(PartitionWatermark held, DateTimeOffset until) => (int)await Vouch.RunAsync(
        redis, [keys.Watermark, keys.FoldedUntil], [held.Bytes, until.ToUnixTimeMilliseconds()]).ConfigureAwait(false) == 1;

    /// <summary>Of the customer's state as it is folded; null when there was none.</summary>
    internal async Task<long?> ReadLastActivityAsync(string customer) =>
        (byte[]?)await redis.StringGetAsync(keys.State(customer)).ConfigureAwait(false) is { } blob
            ? StateCodec.Decode(blob).Instants[Instant.LastActivity]
            : null;

    /// <summary>Takes away what is kept of a customer.</summary>
    /// <param name="today">UTC.</param>
    internal Task ForgetAsync(ulong customer, DateOnly today)
    {
        string field = SampleText.Field(customer);
        return Task.WhenAll(Enumerable.Range(0, keptDays).Select(
            ago => redis.HashDeleteAsync(keys.Predictions(today.AddDays(-ago)), [field, field + "+"])));
    }
}
