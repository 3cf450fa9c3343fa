using WinBack.Core.Events;

namespace WinBack.Tests.Events;

public sealed class EventIdTests
{
    /// <summary>
    /// The hash is part of the state format: another one would count every event inside the horizon twice after an
    /// update. Values computed apart from this code (FNV-1a 64, then fmix64 of MurmurHash3).
    /// </summary>
    [Theory]
    [InlineData("", 0xefd01f60ba992926)]
    [InlineData("a", 0x82a2a958a9bece5b)]
    [InlineData("e1", 0x50295bda7c69a087)]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e", 0x564e1752fb452f46)]
    [InlineData("客户🎁", 0xd9ff77549090bd27)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 0x6a5defddb71a257d)]
    public void Hash_OfKnownIds_IsPinned(string id, ulong hash) => Assert.Equal(hash, new EventId(id).Hash);

    [Fact]
    public void Hash_OfManyIds_HasNoCollision() =>
        Assert.Equal(200_000, Enumerable.Range(0, 200_000).Select(i => new EventId($"event-{i}").Hash).Distinct().Count());

    [Fact]
    public void Hash_OfALongId_CoversAllOfIt() =>
        Assert.NotEqual(new EventId(new string('x', 999) + "a").Hash, new EventId(new string('x', 999) + "b").Hash);
}
