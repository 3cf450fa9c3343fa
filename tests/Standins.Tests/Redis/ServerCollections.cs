namespace Standins.Tests.Redis;

/// <summary>Which functional tests share a server.</summary>
public static class ServerCollections
{
    public const string Redis = "redis-server";
    public const string Garnet = "garnet";

    [CollectionDefinition(Redis)]
    public sealed class RedisCollection : ICollectionFixture<RedisFixture>;

    [CollectionDefinition(Garnet)]
    public sealed class GarnetCollection : ICollectionFixture<GarnetFixture>;
}
