using WinBack.Testing;

namespace Standins.Tests.Redis;

public sealed class GarnetFixture : ServerFixture
{
    private protected override async Task<KeyValueServer> StartAsync() => await GarnetServer.StartAsync();
}
