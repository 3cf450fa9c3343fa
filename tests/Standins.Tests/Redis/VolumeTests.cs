using StackExchange.Redis;

namespace Standins.Tests.Redis;

/// <summary>Big values and many commands in flight: replies over many blocks, and many replies in one block.</summary>
public abstract class VolumeTests(ServerFixture server)
{
    private IDatabase Database => server.Database;

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    [InlineData(20_000_000)]
    public async Task BigValue_ThereAndBack_IsUnchanged(int length)
    {
        RedisKey key = server.NewKey();
        byte[] value = new byte[length];
        new Random(length).NextBytes(value);
        await Database.StringSetAsync(key, value);

        Assert.True(((ReadOnlySpan<byte>)(byte[]?)await Database.StringGetAsync(key)).SequenceEqual(value));
        await Database.KeyDeleteAsync(key);
    }

    [Fact]
    public async Task Pipelining_256InFlight_EachReplyBelongsToItsCommand()
    {
        RedisKey prefix = server.NewKey();
        RedisKey[] keys = [.. Enumerable.Range(0, 256).Select(i => prefix.Append($":{i}"))];
        await Task.WhenAll(keys.Select(key => Database.StringSetAsync(key, (string?)key)));
        await Task.WhenAll(keys.Select(key => Task.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal((string?)key, (string?)await Database.StringGetAsync(key));
            }
        })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pipelining_MixedSizes_EachReplyBelongsToItsCommand(int seed)
    {
        RedisKey prefix = server.NewKey();
        var random = new Random(seed);
        (RedisKey Key, byte[] Value)[] pairs =
            [.. Enumerable.Range(0, 128).Select(i => (prefix.Append($":{i}"), NewValue(random)))];
        await Task.WhenAll(pairs.Select(pair => Database.StringSetAsync(pair.Key, pair.Value)));
        for (int round = 0; round < 10; round++)
        {
            Task<RedisValue>[] replies = [.. pairs.Select(pair => Database.StringGetAsync(pair.Key))];
            for (int i = 0; i < pairs.Length; i++)
            {
                var reply = (byte[]?)await replies[i];
                Assert.True(reply.AsSpan().SequenceEqual(pairs[i].Value), $"seed {seed}, key {i}");
            }
        }
    }

    [Fact]
    public async Task Batch_ManyCommands_AllComplete()
    {
        RedisKey key = server.NewKey();
        IBatch batch = Database.CreateBatch();
        Task<long>[] replies = [.. Enumerable.Range(0, 5_000).Select(_ => batch.StringIncrementAsync(key))];
        batch.Execute();

        Assert.Equal(Enumerable.Range(1, 5_000).Select(i => (long)i), await Task.WhenAll(replies));
    }

    [Fact]
    public async Task FireAndForget_ThenRead_SeesAll()
    {
        RedisKey key = server.NewKey();
        for (int i = 0; i < 10_000; i++)
        {
            await Database.StringIncrementAsync(key, 1, CommandFlags.FireAndForget);
        }

        Assert.Equal(10_000, (int)await Database.StringGetAsync(key));
    }

    private static byte[] NewValue(Random random)
    {
        int longest = random.Next(4) switch { 0 => 10, 1 => 1_000, 2 => 70_000, _ => 16 };
        byte[] value = new byte[random.Next(longest)];
        random.NextBytes(value);
        return value;
    }
}
