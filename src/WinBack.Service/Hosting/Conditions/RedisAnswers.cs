using StackExchange.Redis;
using WinBack.Core.Metrics;

namespace WinBack.Service.Hosting.Conditions;

/// <summary>
/// Redis answers on one of the two connections. It is asked, because a connection to a server that hangs still looks connected;
/// and asked for the time, which shows how far its clock and this machine's are apart.
/// </summary>
/// <param name="connect">Gives the connection.</param>
/// <param name="limit">For an answer.</param>
/// <param name="clock">Of the machine.</param>
internal sealed class RedisAnswers(string connection, Func<Task<ConnectionMultiplexer>> connect, TimeSpan limit, TimeProvider clock)
    : IReadinessCondition
{
    public string Name => "redis_" + connection;

    public async Task<string?> MissingAsync(CancellationToken stop)
    {
        try
        {
            ConnectionMultiplexer connected = await connect().WaitAsync(limit, stop);
            DateTimeOffset asked = clock.GetUtcNow();
            var time = (RedisResult[])(await connected.GetDatabase().ExecuteAsync("TIME").WaitAsync(limit, stop))!;
            Instruments.ClockOffset.Record(Offset(time, asked, clock.GetUtcNow()).TotalSeconds);
            return null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested && (e is TimeoutException or RedisException or OperationCanceledException))
        {
            // Commands under way are cancelled when the client gives up a connection.
            return $"Redis is away ({connection})";
        }
    }

    /// <summary>It was asked for somewhere between question and answer: the middle is wrong by half the round trip at most.</summary>
    private static TimeSpan Offset(RedisResult[] time, DateTimeOffset asked, DateTimeOffset answered)
    {
        DateTimeOffset redis = DateTimeOffset.FromUnixTimeSeconds((long)time[0]).AddMicroseconds((long)time[1]);
        return redis - (asked + ((answered - asked) / 2));
    }
}
