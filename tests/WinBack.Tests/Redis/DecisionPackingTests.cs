using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Tests.Decisions;
using WinBack.Tests.Wire;
using Xunit.Abstractions;

namespace WinBack.Tests.Redis;

/// <summary>Decisions as frames with a dictionary.</summary>
public sealed class DecisionPackingTests(ITestOutputHelper output)
{
    private static byte[] Decision => DecisionWire.Write(DecisionPipeline.Expect(DecisionWireTests.FullPlan()));

    [Fact]
    public void Pack_DecisionsOfCustomersThatTheDictionaryIsNotOf_AreLessThanAQuarterAndComeBackAsTheyWere()
    {
        byte[][] decisions = [.. ShippedDecisions.OfOnlineRetail().Select(DecisionWire.Write)];
        byte[][] packed = [.. decisions.AsParallel().AsOrdered().Select(decision => DecisionPacking.Pack(decision))];
        for (int i = 0; i < decisions.Length; i++) Assert.Equal(decisions[i], DecisionPacking.Unpack(packed[i]));
        output.WriteLine($"mean {decisions.Average(d => d.Length):F0} bytes, packed {packed.Average(p => p.Length):F0}");
        Assert.InRange((double)packed.Sum(p => p.Length) / decisions.Sum(d => d.Length), 0.02, 0.25);
    }

    [Fact]
    public void Unpack_WrittenBeforeThereWasADictionary_IsAsItStands()
    {
        byte[] decision = Decision;
        Assert.Same(decision, DecisionPacking.Unpack(decision));
        Assert.Empty(DecisionPacking.Unpack([]));
    }

    [Fact]
    public void Unpack_Cut_IsRefused()
    {
        byte[] packed = DecisionPacking.Pack(Decision);
        for (int length = sizeof(uint); length < packed.Length; length++)
            Assert.Throws<InvalidDataException>(() => DecisionPacking.Unpack(packed[..length]));
    }

    [Fact]
    public void Unpack_AnotherDictionary_IsRefusedAsThat()
    {
        byte[] packed = DecisionPacking.Pack(Decision);
        // The frame's header: 4 bytes of magic, one that says which fields follow, then the number of the dictionary in one byte.
        Assert.Equal(1, packed[5]);
        packed[5] = 2;
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => DecisionPacking.Unpack(packed));
        Assert.Contains("dictionary", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A damaged length must not become an allocation of that length.</summary>
    [Fact]
    public void Unpack_SaysItIsHuge_IsRefused()
    {
        byte[] packed = DecisionPacking.Pack(new byte[8 << 20]);
        Assert.Throws<InvalidDataException>(() => DecisionPacking.Unpack(packed));
    }
}
