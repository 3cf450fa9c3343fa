using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.State;

namespace WinBack.Tests.Kafka;

public sealed class FoldedUntilTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PartitionWatermark Cold = PartitionWatermark.Cold(StateCodec.Version);
    private readonly FoldedUntil _until = new();

    [Fact]
    public void Of_WatermarkAtTheEndsAsked_IsTheTimeOfTheQuestion()
    {
        Assert.Null(_until.Of(At(5, 5)));
        _until.Ask(Now, [5, 7, 0, 0, 0], At(5, 5));
        Assert.Null(_until.Of(At(5, 5)));
        Assert.Null(_until.Of(At(9, 6)));
        Assert.Equal(Now, _until.Of(At(5, 7)));
        Assert.Equal(Now, _until.Of(At(9, 9)));
    }

    [Fact]
    public void Of_EmptyTopics_NeedNoWatermark()
    {
        _until.Ask(Now, [0, 0, 0, 0, 0], Cold);
        Assert.Equal(Now, _until.Of(Cold));
    }

    /// <summary>What lies between is no record then: the marker of a transaction, or what retention took.</summary>
    [Fact]
    public void Of_NeitherEndNorWatermarkMovedBetweenTwoQuestions_IsFolded()
    {
        _until.Ask(Now, [5, 7, 0, 0, 0], At(5, 6));
        _until.Ask(Now.AddMinutes(5), [5, 7, 0, 0, 0], At(5, 6));
        Assert.Equal(Now.AddMinutes(5), _until.Of(At(5, 6)));
        // The end has moved: there may be a record.
        _until.Ask(Now.AddMinutes(10), [5, 8, 0, 0, 0], At(5, 6));
        Assert.Null(_until.Of(At(5, 6)));
        // The watermark has moved: there may be more to come.
        _until.Ask(Now.AddMinutes(15), [5, 8, 0, 0, 0], At(5, 7));
        Assert.Null(_until.Of(At(5, 7)));
    }

    [Fact]
    public void Clear_ForgetsWhatWasSaidOfAnotherPast()
    {
        _until.Ask(Now, [5, 7, 0, 0, 0], At(5, 7));
        _until.Clear();
        Assert.Null(_until.Of(At(5, 7)));
        _until.Ask(Now, [5, 8, 0, 0, 0], At(5, 7));
        Assert.Null(_until.Of(At(5, 7)));
    }

    private static PartitionWatermark At(long usage, long login) => Cold.WithOffsets([usage, login, -1, -1, -1]);
}
