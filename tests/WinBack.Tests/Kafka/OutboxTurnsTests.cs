using WinBack.Adapters.Kafka;

namespace WinBack.Tests.Kafka;

public sealed class OutboxTurnsTests
{
    private readonly SetClock _clock = new();
    private readonly OutboxTurns _turns;

    public OutboxTurnsTests()
    {
        _turns = new OutboxTurns(TimeSpan.FromMilliseconds(100), _clock);
        _turns.Spread([3, 5, 8, 9]);
    }

    [Fact]
    public void Take_OverAPeriod_OneAfterTheOther()
    {
        var taken = new List<string>();
        for (int turn = 0; turn < 9; turn++, _clock.Milliseconds += 25) taken.Add(string.Join(' ', _turns.Take()));
        Assert.Equal(["", "3", "5", "8", "9", "3", "5", "8", "9"], taken);
    }

    /// <summary>After a long fold each comes once, and then in its place of the period again.</summary>
    [Fact]
    public void Take_Late_EachOnceAndThenInItsPlace()
    {
        _clock.Milliseconds = 760;
        Assert.Equal([3, 5, 8, 9], _turns.Take());
        Assert.Empty(_turns.Take());
        _clock.Milliseconds = 774;
        Assert.Empty(_turns.Take());
        _clock.Milliseconds = 775;
        Assert.Equal([8], _turns.Take());
        _clock.Milliseconds = 800;
        Assert.Equal([9], _turns.Take());
    }

    [Fact]
    public void Take_AfterSpreadAnew_OnlyThoseHeld()
    {
        _turns.Spread([5]);
        _clock.Milliseconds = 100;
        Assert.Equal([5], _turns.Take());
        _turns.Spread([]);
        _clock.Milliseconds = 1_000;
        Assert.Empty(_turns.Take());
    }

    private sealed class SetClock : TimeProvider
    {
        internal long Milliseconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Milliseconds;
    }
}
