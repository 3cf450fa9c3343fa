using StackExchange.Redis;
using WinBack.Testing;

namespace Standins.Tests.Redis;

/// <summary>The shortest proof that StackExchange.Redis runs on the stand-ins: one value there and back.</summary>
public sealed class SmokeTests
{
    [Fact]
    public async Task RedisServer_SetThenGet_ReturnsTheValue()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(server.Patient);
        IDatabase database = connection.GetDatabase();

        Assert.True(await database.StringSetAsync("greeting", "hello"));
        Assert.Equal("hello", await database.StringGetAsync("greeting"));
    }
}
