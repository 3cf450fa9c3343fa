namespace Standins.Tests.Redis;

/// <summary>The functional tests on Garnet.</summary>
public static class OnGarnet
{
    [Collection(ServerCollections.Garnet)]
    public sealed class Types(GarnetFixture server) : TypeTests(server);

    [Collection(ServerCollections.Garnet)]
    public sealed class Volume(GarnetFixture server) : VolumeTests(server);

    [Collection(ServerCollections.Garnet)]
    public sealed class Scripts(GarnetFixture server) : ScriptTests(server);

    [Collection(ServerCollections.Garnet)]
    public sealed class Channels(GarnetFixture server) : ChannelTests(server);

    [Collection(ServerCollections.Garnet)]
    public sealed class Calls(GarnetFixture server) : CallTests(server);
}
