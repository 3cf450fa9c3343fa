using StackExchange.Redis;
using WinBack.Adapters.Redis;
using LuaScript = WinBack.Adapters.Redis.LuaScript;

namespace WinBack.Tests.Redis;

public sealed class TrimScriptTests : HeldPartitionTests
{
    [Fact]
    public async Task Trim_PublishedStandFirst_AreTakenOff() => Assert.Equal("c", await TrimAsync("a b c", 2, "b"));

    /// <summary>Redis lost its tail after the list was read: what was published is gone from it, and another decision came.</summary>
    [Fact]
    public async Task Trim_AnotherDecisionStandsThere_ChangesNothing() => Assert.Equal("d", await TrimAsync("d", 1, "a"));

    [Fact]
    public async Task Trim_ListIsShorter_ChangesNothing() => Assert.Equal("a", await TrimAsync("a", 2, "b"));

    [Fact]
    public async Task Trim_AnotherTookOver_ChangesNothing()
    {
        await new PartitionStore(Database, Keys).TakeOverAsync();
        Assert.Equal("a b", await TrimAsync("a b", 1, "a"));
    }

    private async Task<string> TrimAsync(string list, int count, string last)
    {
        IDatabase redis = Database;
        await redis.ListRightPushAsync(Keys.Outbox, Array.ConvertAll(list.Split(' '), id => (RedisValue)id));
        await new LuaScript("trim").RunAsync(redis, [Keys.Watermark, Keys.Outbox], [Held.Bytes[..8], count, last]);
        return string.Join(' ', await redis.ListRangeAsync(Keys.Outbox));
    }
}
