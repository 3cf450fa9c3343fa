using StackExchange.Redis;

namespace Standins.Tests.Redis;

/// <summary>Calls around the commands: cancelled waits, blocking calls, closing, and the client's own status figures.</summary>
public abstract class CallTests(ServerFixture server)
{
    [Fact]
    public async Task WaitCancelled_InTheMiddle_LaterRepliesBelongToTheirCommands()
    {
        IDatabase database = server.Database;
        RedisKey prefix = server.NewKey();
        RedisKey[] keys = [.. Enumerable.Range(0, 100).Select(i => prefix.Append($":{i}"))];
        await Task.WhenAll(keys.Select(key => database.StringSetAsync(key, (string?)key)));
        for (int round = 0; round < 50; round++)
        {
            using var source = new CancellationTokenSource();
            Task<RedisValue>[] cancelled = [.. keys.Select(key => database.StringGetAsync(key).WaitAsync(source.Token))];
            await source.CancelAsync();
            Task<RedisValue>[] kept = [.. keys.Select(key => database.StringGetAsync(key))];
            for (int i = 0; i < keys.Length; i++)
            {
                Assert.Equal((string?)keys[i], (string?)await kept[i]);
                await AssertOwnValueOrCancelled(cancelled[i], keys[i]);
            }
        }
    }

    [Fact]
    public void BlockingCalls_FromOneThread_Work()
    {
        RedisKey key = server.NewKey();
        Assert.True(server.Database.StringSet(key, "value"));
        Assert.Equal("value", server.Database.StringGet(key));
    }

    [Fact]
    public async Task Close_CommandsUnderWay_AllowedToComplete()
    {
        ConfigurationOptions options = ServerFixture.Options(server.Server);
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(options);
        RedisKey key = server.NewKey();
        Task<long>[] replies = [.. Enumerable.Range(0, 100).Select(_ => connection.GetDatabase().StringIncrementAsync(key))];
        await Task.WhenAll(replies);
        await connection.CloseAsync();

        Assert.False(connection.IsConnected);
        Assert.Equal(100, (int)await server.Database.StringGetAsync(key));
        await Assert.ThrowsAnyAsync<Exception>(() => connection.GetDatabase().StringGetAsync(key));
    }

    [Fact]
    public async Task Counters_AfterCommands_ShowThem()
    {
        await server.Database.PingAsync();
        ServerCounters counters = server.Connection.GetCounters();

        Assert.NotEqual(0, counters.Interactive.OperationCount);
        Assert.Equal(0, counters.Interactive.FailedAsynchronously);
        Assert.NotEmpty(server.Connection.GetStatus());
    }

    [Fact]
    public async Task Connect_NobodyListens_SaysSo()
    {
        int port = WinBack.Testing.FreePort.Next();
        RedisConnectionException error = await Assert.ThrowsAsync<RedisConnectionException>(
            () => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},connectRetry=1"));
        Assert.Equal(ConnectionFailureType.UnableToConnect, error.FailureType);
    }

    private static async Task AssertOwnValueOrCancelled(Task<RedisValue> reply, RedisKey key)
    {
        try
        {
            Assert.Equal((string?)key, (string?)await reply);
        }
        catch (OperationCanceledException)
        {
            // It had not come in time.
        }
    }
}
