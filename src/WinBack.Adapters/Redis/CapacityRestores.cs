using StackExchange.Redis;
using WinBack.Core.Caps;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Gives units of scarce capacities back that were spent on touches which then failed (rules C3, C6). As with the caps, it is done
/// before the watermark passes the outcomes, and what a capacity holds is a function of the set of outcomes heard.
/// </summary>
/// <param name="keys">Of the partition of the customers.</param>
internal sealed class CapacityRestores(IDatabase redis, PartitionKeys keys)
{
    private static readonly LuaScript RestoreScript = new("restore");

    /// <summary>Fields of a decision's hash: its status, and the units that it took, 'lease units ...'; see reserve.lua.</summary>
    private static readonly RedisValue[] StatusAndUnits = ["s", "u"];

    /// <summary>Tests put one without one of its guards here.</summary>
    internal LuaScript Script { get; init; } = RestoreScript;

    /// <summary>Repeating it is harmless. What was never confirmed changes nothing: its units come back by themselves.</summary>
    internal async Task HearAsync(TouchOutcome outcome)
    {
        string request = outcome.Request.ToString("D");
        RedisValue[] found = await redis.HashGetAsync(keys.Decision(request), StatusAndUnits).ConfigureAwait(false);
        if (found[0] != "c" || found[1].IsNullOrEmpty) return;
        string[] words = ((string)found[1]!).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            string capacity = PartitionKeys.CapacityOf(words[i]).Capacity;
            RedisValue[] values = [request, words[i + 1], CapLetters.Of(outcome.Evidence), (long)CapacityKeys.Retention.TotalMilliseconds];
            await Script.RunAsync(redis, [CapacityKeys.Units(capacity), CapacityKeys.Failed(capacity)], values).ConfigureAwait(false);
        }
    }
}
