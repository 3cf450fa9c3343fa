using System.Globalization;
using StackExchange.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Corrects the caps of customers of one partition, and scarce capacities, by the outcomes of their touches. It is done before the watermark passes
/// the outcomes: whoever sees the watermark behind an outcome, after a crash or a failover too, sees it heard.
/// </summary>
public sealed class CapCorrections(IDatabase redis, PartitionKeys keys, TimeSpan clockOffset)
{
    /// <summary>Tests put one without one of its guards here.</summary>
    internal LuaScript Script { get; init; } = DecisionScripts.Default.Hear;

    /// <summary>Tests put one without its guard here.</summary>
    internal CapacityRestores Restores { get; init; } = new(redis, keys);

    /// <summary>Repeating it is harmless, whether or not the last call ran.</summary>
    /// <returns>How many outcomes were of touches under caps that count outcomes.</returns>
    public async Task<int> HearAsync(string customer, IReadOnlyList<TouchOutcome> outcomes)
    {
        Task<RedisResult> heard = Script.RunAsync(redis, [keys.Caps(customer)], Arguments(outcomes));
        // Sent together with it: one round trip, unless units come back.
        await Task.WhenAll(outcomes.Select(Restores.HearAsync)).ConfigureAwait(false);
        return (int)await heard.ConfigureAwait(false);
    }

    private RedisValue[] Arguments(IReadOnlyList<TouchOutcome> outcomes)
    {
        var values = new RedisValue[1 + (4 * outcomes.Count)];
        values[0] = CapTime.ToMicros(clockOffset);
        for (int i = 0, at = 1; i < outcomes.Count; i++)
        {
            TouchOutcome outcome = outcomes[i];
            values[at++] = outcome.Request.ToString("D");
            values[at++] = CapLetters.Of(outcome.Evidence);
            values[at++] = outcome.TimeMicros.ToString("D16", CultureInfo.InvariantCulture);
            values[at++] = outcome.EventHash.ToString("x16", CultureInfo.InvariantCulture);
        }

        return values;
    }
}
