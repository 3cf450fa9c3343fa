using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Standins.Tests.Redis;

/// <summary>Lua scripts: by hash, unknown to the server, failing, with nested replies, and with MULTI/EXEC around.</summary>
public abstract class ScriptTests(ServerFixture server)
{
    private const string Echo =
        "redis.call('SET', KEYS[1], ARGV[1]) return {KEYS[1], redis.call('GET', KEYS[1]), {1, {2}, false}}";

    private IDatabase Database => server.Database;

    [Fact]
    public async Task Eval_NestedReply_ComesBack()
    {
        RedisKey key = server.NewKey();
        var reply = (RedisResult[])(await Database.ScriptEvaluateAsync(Echo, [key], ["value"]))!;

        Assert.Equal(3, reply.Length);
        Assert.Equal((string?)key, (string?)reply[0]);
        Assert.Equal("value", (string?)reply[1]);
        var nested = (RedisResult[])reply[2]!;
        Assert.Equal(1, (int)nested[0]);
        Assert.Equal(2, (int)((RedisResult[])nested[1]!)[0]);
        Assert.True(nested[2].IsNull);
    }

    [Fact]
    public async Task EvalSha_UnknownToTheServer_IsNoScriptUntilLoaded()
    {
        string script = $"return '{server.NewKey()}'";
        byte[] hash = SHA1.HashData(Encoding.UTF8.GetBytes(script));
        RedisServerException error = await Assert.ThrowsAsync<RedisServerException>(() => Database.ScriptEvaluateAsync(hash));
        Assert.Contains("NOSCRIPT", error.Message, StringComparison.Ordinal);

        byte[] loaded = await server.Connection.GetServers()[0].ScriptLoadAsync(script);
        Assert.Equal(hash, loaded);
        Assert.StartsWith("key:", (string?)await Database.ScriptEvaluateAsync(hash), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_AfterScriptFlush_IsLoadedAgain()
    {
        const string Script = "return 'loaded'";
        Assert.Equal("loaded", (string?)await Database.ScriptEvaluateAsync(Script));
        await Database.ExecuteAsync("SCRIPT", "FLUSH");

        // Sent by hash, refused with NOSCRIPT, and sent again with its text, all by the client itself.
        Assert.Equal("loaded", (string?)await Database.ScriptEvaluateAsync(Script));
    }

    [Fact]
    public async Task Eval_ScriptFails_ErrorAndNothingElse()
    {
        RedisKey key = server.NewKey();
        foreach (string script in new[] { "return redis.error_reply('MINE broken')", "return no.such.thing" })
        {
            await Assert.ThrowsAsync<RedisServerException>(() => Database.ScriptEvaluateAsync(script));
        }

        Assert.True(await Database.StringSetAsync(key, "fine"));
    }

    [Fact]
    public async Task Eval_ManyInFlight_IsAtomicAndInOrder()
    {
        RedisKey key = server.NewKey();
        const string Script = "local n = tonumber(redis.call('GET', KEYS[1]) or '0') redis.call('SET', KEYS[1], n + 1) return n";
        Task<RedisResult>[] replies = [.. Enumerable.Range(0, 500).Select(_ => Database.ScriptEvaluateAsync(Script, [key]))];
        int[] seen = [.. (await Task.WhenAll(replies)).Select(reply => (int)reply)];

        Assert.Equal(Enumerable.Range(0, 500), seen);
    }

    [Fact]
    public async Task Transaction_Executed_AppliesAll()
    {
        RedisKey key = server.NewKey();
        ITransaction transaction = Database.CreateTransaction();
        Task<bool> set = transaction.StringSetAsync(key, 5);
        Task<long> add = transaction.StringIncrementAsync(key, 2);
        Task<RedisValue> get = transaction.StringGetAsync(key);

        Assert.True(await transaction.ExecuteAsync());
        Assert.True(await set);
        Assert.Equal(7, await add);
        Assert.Equal(7, (int)await get);
    }

    [Fact]
    public async Task Transaction_OneCommandFails_OthersStand()
    {
        RedisKey list = server.NewKey();
        RedisKey text = server.NewKey();
        ITransaction transaction = Database.CreateTransaction();
        Task<long> push = transaction.ListLeftPushAsync(list, "a");
        Task<long> wrong = transaction.StringIncrementAsync(list);
        Task<bool> set = transaction.StringSetAsync(text, "b");

        Assert.True(await transaction.ExecuteAsync());
        Assert.Equal(1, await push);
        await Assert.ThrowsAsync<RedisServerException>(() => wrong);
        Assert.True(await set);
    }
}
