using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Standins.Tests.Redis;

/// <summary>
/// Callers that keep asking while the server comes and goes. Each key holds its own name, so a reply given to the wrong
/// command shows; each call must end in its reply or in a typed failure. A few may be lost: the client itself loses a command
/// that is written while its connection is given up (StackExchange.Redis issue 2742, open).
/// </summary>
internal sealed class MixedLoad(ConnectionMultiplexer connection, int callers, int seed)
{
    private const int Keys = 500;

    /// <summary>Far beyond the client's own time limit of 2 s.</summary>
    private static readonly TimeSpan LostLimit = Loopback.Limit / 2;

    private const string Script = "return {KEYS[1], redis.call('GET', KEYS[1])}";

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private Task _all = Task.CompletedTask;
    private long _answered;
    private int _lost;

    /// <summary>Replies to the wrong command, and failures of a kind that callers do not expect.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    public IReadOnlyDictionary<string, int> Failures => _failures;

    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Calls that never completed.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public static Task FillAsync(IDatabase database)
        => Task.WhenAll(Enumerable.Range(0, Keys).Select(i => database.StringSetAsync(Name(i), Name(i))));

    public void Start()
        => _all = Task.WhenAll(
            Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(new Random(seed + caller)))));

    /// <summary>Waits until <paramref name="count"/> more calls were answered.</summary>
    public async Task AnswersAsync(int count)
    {
        long goal = Answered + count;
        using var limit = new CancellationTokenSource(Loopback.Limit);
        while (Answered < goal)
        {
            await Task.Delay(2, limit.Token);
        }
    }

    /// <summary>Ends the callers; a call that never completes shows as a <see cref="TimeoutException"/>.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _all.WaitAsync(Loopback.Limit);
    }

    private static string Name(int i) => $"name:{i}";

    private async Task CallAsync(Random random)
    {
        IDatabase database = connection.GetDatabase();
        while (!_stop.IsCancellationRequested)
        {
            string name = Name(random.Next(Keys));
            try
            {
                Check(name, await OneCallAsync(database, name, random.Next(5)).WaitAsync(LostLimit));
                Interlocked.Increment(ref _answered);
            }
            catch (TimeoutException e) when (e is not RedisTimeoutException)
            {
                Interlocked.Increment(ref _lost);
            }
            catch (Exception e) when (e is RedisException or TimeoutException or IOException or OperationCanceledException)
            {
                _failures.AddOrUpdate(e.GetType().Name, 1, (_, count) => count + 1);
                await Task.Yield();
            }
            catch (Exception e)
            {
                _wrong.Enqueue(e.ToString());
            }
        }
    }

    // Each kind of reply; all of them are the key's own name.
    private static async Task<string?[]> OneCallAsync(IDatabase database, string name, int kind)
    {
        switch (kind)
        {
            case 0:
                return [await database.StringSetAndGetAsync(name, name)];
            case 1:
                return [.. ((RedisValue[])(await database.ScriptEvaluateAsync(Script, [name]))!).Select(value => (string?)value)];
            case 2:
                return [.. (await database.StringGetAsync([name, name])).Select(value => (string?)value)];
            case 3:
                IBatch batch = database.CreateBatch();
                Task<RedisValue>[] replies = [batch.StringGetAsync(name), batch.StringGetAsync(name)];
                batch.Execute();
                return [.. (await Task.WhenAll(replies)).Select(value => (string?)value)];
            default:
                return [await database.StringGetAsync(name)];
        }
    }

    private void Check(string name, string?[] reply)
    {
        if (reply.Any(part => part != name))
        {
            _wrong.Enqueue($"{name} was answered with {string.Join(", ", reply.Select(part => part ?? "null"))}");
        }
    }
}
