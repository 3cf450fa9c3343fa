using WinBack.Adapters.Redis;

namespace WinBack.Tests.Redis;

public sealed class PartitionKeysTests
{
    private static readonly PartitionKeys Keys = new(3);

    [Fact]
    public void Keys_OfAPartition_ArePinned()
    {
        Assert.Equal("{356}w", Keys.Watermark);
        Assert.Equal("{356}o", Keys.Outbox);
        Assert.Equal("{356}s:客户", Keys.State("客户"));
        Assert.Equal("{356}k:c1", Keys.Caps("c1"));
        Assert.Equal("{356}u", Keys.FoldedUntil);
        Assert.Equal("{356}p:20260302", Keys.Predictions(new DateOnly(2026, 3, 2)));
        Assert.Equal("{356}m:20260302", Keys.Metrics(new DateOnly(2026, 3, 2)));
    }

    /// <summary>Two kinds of key with one name would write over each other; that happened once.</summary>
    [Fact]
    public void Keys_OfOneCustomer_AreAllDifferent()
    {
        string[] names =
        [
            Keys.Watermark!, Keys.Outbox!, Keys.Tally!, Keys.ExposuresMarker!, Keys.State("c")!, Keys.Caps("c")!, Keys.Decision("c")!,
            Keys.Exposures("c")!, Keys.Lease("c", 1)!, Keys.LastTouch("c")!, Keys.Index("c")!, Keys.Suppression("c")!,
            Keys.FoldedUntil!, Keys.Predictions(new DateOnly(2026, 3, 2))!, Keys.Responses(new DateOnly(2026, 3, 2))!,
            Keys.Metrics(new DateOnly(2026, 3, 2))!, Keys.Resets("c")!,
        ];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    /// <summary>Redis takes the text between the first brace and the next closing one, so ids cannot move a key to another slot.</summary>
    [Theory]
    [InlineData("{x}")]
    [InlineData("}{")]
    [InlineData("{")]
    [InlineData("")]
    public void State_IdWithBraces_StaysInTheSlot(string customer)
    {
        string key = Keys.State(customer).ToString();
        Assert.Equal(0, key.IndexOf('{'));
        Assert.Equal("356", key[1..key.IndexOf('}')]);
    }
}
