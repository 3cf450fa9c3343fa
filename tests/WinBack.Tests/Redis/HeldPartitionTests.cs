using WinBack.Adapters.Redis;

namespace WinBack.Tests.Redis;

/// <summary>Tests that hold partition 0 of a redis-server of their own.</summary>
public abstract class HeldPartitionTests : RedisServerTests
{
    private protected static PartitionKeys Keys { get; } = new(0);

    private protected PartitionWatermark Held { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Held = await new PartitionStore(Database, Keys).TakeOverAsync();
    }
}
