using System.Globalization;
using StackExchange.Redis;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Counts of experiments in one partition: each customer's first exposure and first success, once each, however often they
/// are told. The scripts keep what was counted beside the counts, so a chunk or an outbox that is read again adds nothing.
/// </summary>
internal sealed class ExperimentTally(IDatabase redis, PartitionKeys keys)
{
    /// <summary>After this a customer would count anew; longer than an experiment lasts.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(400);
    private static readonly LuaScript ExposeScript = new("expose");
    private static readonly LuaScript SucceedScript = new("succeed");

    /// <summary>Tests put scripts without a guard here, to see that they then fail.</summary>
    internal LuaScript Expose { get; init; } = ExposeScript;

    internal LuaScript Succeed { get; init; } = SucceedScript;

    /// <summary>Whether somebody may still have a success: without that, events need not be told.</summary>
    internal Task<bool> IsOpenAsync() => redis.KeyExistsAsync(keys.ExposuresMarker);

    internal Task ExposeAsync(string customer, DateTimeOffset time, IReadOnlyList<ExperimentAssignment> assignments)
    {
        List<RedisValue> values = [(long)Retention.TotalMilliseconds];
        foreach (ExperimentAssignment assignment in assignments)
        {
            if (assignment.Success is not { } success) continue;
            values.Add(assignment.Experiment);
            values.Add(string.Create(CultureInfo.InvariantCulture, $"{assignment.Percent}|{assignment.Variant}"));
            values.Add(time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            values.Add(time.ToUnixTimeMilliseconds());
            values.Add((long)assignment.Within.TotalMilliseconds);
            values.Add(Names.Of(success));
        }

        return values.Count == 1
            ? Task.CompletedTask
            : Expose.RunAsync(redis, [keys.Exposures(customer), keys.Tally, keys.ExposuresMarker], [.. values]);
    }

    /// <returns>How many successes were new.</returns>
    internal async Task<int> SucceedAsync(IReadOnlyCollection<KeyValuePair<string, List<(SuccessKind Kind, long TimeMs)>>> successes)
    {
        RedisKey[] names = [keys.Tally, .. successes.Select(s => keys.Exposures(s.Key))];
        RedisValue[] values = [.. successes.Select(s => (RedisValue)string.Join(
            ';', s.Value.Select(v => string.Create(CultureInfo.InvariantCulture, $"{Names.Of(v.Kind)} {v.TimeMs}"))))];
        return (int)await Succeed.RunAsync(redis, names, values).ConfigureAwait(false);
    }
}
