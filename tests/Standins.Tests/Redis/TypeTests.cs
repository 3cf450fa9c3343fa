using StackExchange.Redis;

namespace Standins.Tests.Redis;

/// <summary>Each kind of value there and back: every shape of reply goes through the arena and its projections.</summary>
public abstract class TypeTests(ServerFixture server)
{
    private IDatabase Database => server.Database;

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("Grüße, 世界 🌍")]
    [InlineData("line\r\nbreak\0zero")]
    public async Task String_AnyText_ComesBack(string text)
    {
        RedisKey key = server.NewKey();
        await Database.StringSetAsync(key, text);

        Assert.Equal(text, (string?)await Database.StringGetAsync(key));
        Assert.True(await Database.KeyDeleteAsync(key));
        Assert.True((await Database.StringGetAsync(key)).IsNull);
    }

    [Fact]
    public async Task String_Several_ComeBackInOrderWithGaps()
    {
        RedisKey[] keys = [.. Enumerable.Range(0, 100).Select(_ => server.NewKey())];
        for (int i = 0; i < keys.Length; i += 2)
        {
            await Database.StringSetAsync(keys[i], i);
        }

        RedisValue[] values = await Database.StringGetAsync(keys);
        Assert.All(values, (value, i) => Assert.Equal(i % 2 == 0 ? i : null, (int?)value));
    }

    [Fact]
    public async Task Number_IncrementAndExpiry_AreExact()
    {
        RedisKey key = server.NewKey();
        Assert.Equal(long.MaxValue - 1, await Database.StringIncrementAsync(key, long.MaxValue - 1));
        Assert.Equal(long.MaxValue, await Database.StringIncrementAsync(key));
        Assert.Equal(0, await Database.StringDecrementAsync(key, long.MaxValue));
        Assert.Null(await Database.KeyTimeToLiveAsync(key));
        Assert.True(await Database.KeyExpireAsync(key, TimeSpan.FromHours(1)));
        Assert.InRange((await Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Hash_ManyFields_ComeBack()
    {
        RedisKey key = server.NewKey();
        HashEntry[] entries = [.. Enumerable.Range(0, 1_500).Select(i => new HashEntry($"field:{i}", $"value:{i}"))];
        await Database.HashSetAsync(key, entries);

        HashEntry[] found = await Database.HashGetAllAsync(key);
        Assert.Equal(entries.ToHashSet(), found.ToHashSet());
        Assert.Equal(["value:7", default, "value:9"], await Database.HashGetAsync(key, ["field:7", "none", "field:9"]));
        Assert.Equal(1_500, await Database.HashLengthAsync(key));
        Assert.True(await Database.HashDeleteAsync(key, "field:7"));
        Assert.False(await Database.HashExistsAsync(key, "field:7"));
    }

    [Fact]
    public async Task List_PushedAndPopped_KeepsTheOrder()
    {
        RedisKey key = server.NewKey();
        RedisValue[] values = [.. Enumerable.Range(0, 1_000).Select(i => (RedisValue)i)];
        Assert.Equal(1_000, await Database.ListRightPushAsync(key, values));

        Assert.Equal(values, await Database.ListRangeAsync(key));
        Assert.Equal(values[..3], await Database.ListLeftPopAsync(key, 3));
        Assert.Equal(999, (int)await Database.ListRightPopAsync(key));
        Assert.Equal(996, await Database.ListLengthAsync(key));
    }

    [Fact]
    public async Task SortedSet_RangesByScore_GiveMembersWithScores()
    {
        RedisKey key = server.NewKey();
        SortedSetEntry[] entries = [.. Enumerable.Range(0, 500).Select(i => new SortedSetEntry($"m{i:d3}", i / 4.0))];
        Assert.Equal(500, await Database.SortedSetAddAsync(key, entries));

        Assert.Equal(entries, await Database.SortedSetRangeByRankWithScoresAsync(key));
        Assert.Equal(entries[40..81], await Database.SortedSetRangeByScoreWithScoresAsync(key, 10, 20));
        Assert.Equal(10.25, await Database.SortedSetScoreAsync(key, "m041"));
        Assert.Null(await Database.SortedSetScoreAsync(key, "none"));
        Assert.Equal(41, await Database.SortedSetRemoveRangeByScoreAsync(key, 10, 20));
        Assert.Equal([1.0, null], await Database.SortedSetScoresAsync(key, ["m004", "m041"]));
    }

    [Fact]
    public async Task Set_Members_AreDistinct()
    {
        RedisKey key = server.NewKey();
        Assert.Equal(3, await Database.SetAddAsync(key, ["a", "b", "a", "c"]));
        Assert.Equal(["a", "b", "c"], (await Database.SetMembersAsync(key)).Select(value => (string?)value).Order());
    }

    [Fact]
    public async Task WrongType_Error_LeavesTheConnectionAsItWas()
    {
        RedisKey key = server.NewKey();
        await Database.ListLeftPushAsync(key, "a");
        RedisServerException error = await Assert.ThrowsAsync<RedisServerException>(() => Database.StringIncrementAsync(key));

        Assert.Contains("WRONGTYPE", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", await Database.ListGetByIndexAsync(key, 0));
    }
}
