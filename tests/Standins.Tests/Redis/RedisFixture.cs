using WinBack.Testing;

namespace Standins.Tests.Redis;

public sealed class RedisFixture : ServerFixture
{
    private protected override async Task<KeyValueServer> StartAsync() => await RedisServer.StartAsync();
}
