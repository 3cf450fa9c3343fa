namespace Standins.Tests.Redis;

/// <summary>The functional tests on the real redis-server.</summary>
public static class OnRedisServer
{
    [Collection(ServerCollections.Redis)]
    public sealed class Types(RedisFixture server) : TypeTests(server);

    [Collection(ServerCollections.Redis)]
    public sealed class Volume(RedisFixture server) : VolumeTests(server);

    [Collection(ServerCollections.Redis)]
    public sealed class Scripts(RedisFixture server) : ScriptTests(server);

    [Collection(ServerCollections.Redis)]
    public sealed class Channels(RedisFixture server) : ChannelTests(server);

    [Collection(ServerCollections.Redis)]
    public sealed class Calls(RedisFixture server) : CallTests(server);
}
