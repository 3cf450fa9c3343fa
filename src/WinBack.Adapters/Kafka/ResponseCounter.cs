using Google.Protobuf;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Counts the responses to touches of one partition by action and segment. Which action an outcome belongs to, and what the
/// prior expected, stands in the decision, which lies in the same slot: callers need not repeat it, and cannot get it wrong.
/// It is done before the watermark passes the events, and may be repeated: a touch notes what was counted of it.
/// </summary>
internal sealed class ResponseCounter(IDatabase redis, PartitionKeys keys, ResponseOptions options, ILogger log)
{
    private const double Million = 1_000_000;
    private static readonly Redis.LuaScript LearnScript = new("learn");

    /// <summary>Tests put the script without its guard here.</summary>
    internal Redis.LuaScript Script { get; init; } = LearnScript;

    /// <returns>How much of it was new.</returns>
    internal async Task<int> LearnAsync(string customer, ResponseNews news)
    {
        RedisKey lastTouch = keys.LastTouch(customer);
        if (news.Kind == ResponseNewsKind.Erased)
        {
            await redis.KeyDeleteAsync(lastTouch).ConfigureAwait(false);
            return 0;
        }

        string? request = news.Request?.ToString("D") ?? RequestOf(await redis.StringGetAsync(lastTouch).ConfigureAwait(false));
        if (request is null || await ReadAsync(request).ConfigureAwait(false) is not { Chosen: { } chosen } decision) return 0;
        TimeSpan after = news.Time - decision.Plan.DecideTime;
        if (decision.Customer.Value != customer || after > options.Window) return 0;
        DateTimeOffset decided = decision.Plan.DecideTime;
        RedisValue[] values =
        [
            Letter(news.Kind),
            $"{chosen.Action}/{decision.Plan.Segment}",
            ExpectedPpm(chosen),
            request,
            decided.ToUnixTimeMilliseconds(),
            (long)options.Window.TotalMilliseconds,
            (long)(options.History + (2 * options.Window)).TotalMilliseconds,
        ];
        RedisKey[] names = [keys.Decision(request), keys.Responses(DateOnly.FromDateTime(decided.UtcDateTime)), lastTouch];
        return (int)await Script.RunAsync(redis, names, values).ConfigureAwait(false);
    }

    private static long ExpectedPpm(Candidate chosen) => (long)Math.Round(chosen.Terms.PriorReturnWith * Million);

    private static string? RequestOf(RedisValue lastTouch) => lastTouch.IsNullOrEmpty ? null : ((string)lastTouch!).Split(' ')[0];

    private static string Letter(ResponseNewsKind kind) => kind switch
    {
        ResponseNewsKind.Sent => "s",
        ResponseNewsKind.Returned => "r",
        ResponseNewsKind.Unsubscribed => "u",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "is not counted"),
    };

    /// <returns>Null when it is not kept any more, or cannot be read, which is logged.</returns>
    private async Task<Decision?> ReadAsync(string request)
    {
        RedisValue[] fields = await redis.HashGetAsync(keys.Decision(request), StoredDecision.AllFields).ConfigureAwait(false);
        try
        {
            return StoredDecision.ReadKept(fields)?.Decision;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException or FormatException)
        {
            log.DecisionUnreadable(keys.Partition, request, e.Message);
            return null;
        }
    }
}
