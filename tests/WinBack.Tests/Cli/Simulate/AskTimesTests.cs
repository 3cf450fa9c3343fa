using WinBack.Cli.Simulate;

namespace WinBack.Tests.Cli.Simulate;

public sealed class AskTimesTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly AskTimes _times = new(Day);

    [Fact]
    public void Next_NobodyKnown_IsNull()
    {
        Assert.Null(_times.Next);
        Assert.Throws<InvalidOperationException>(() => _times.Take());
    }

    [Fact]
    public void Take_SameInstant_InTheOrderOfIds()
    {
        foreach (string customer in (string[])["b", "a", "c"]) _times.Changed(customer, Start);
        Assert.Equal(["a", "b", "c"], [_times.Take(), _times.Take(), _times.Take()]);
        Assert.Null(_times.Next);
    }

    [Theory]
    [InlineData(null, 24)]
    [InlineData(3.0, 3)]
    [InlineData(30.0, 24)]
    public void Answered_IsAskedWhenTheAnswerMayChange_AndAfterADayAtTheLatest(double? eligibleHours, double expectedHours)
    {
        _times.Answered("a", Start, eligibleHours is { } hours ? Start.AddHours(hours) : null);
        Assert.Equal(Start.AddHours(expectedHours), _times.Next);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0.01, 1 / 6.0)]
    public void Changed_PutsTheCustomerForward_ButNotRightAfterAnAnswer(double hours, double expectedHours)
    {
        _times.Answered("a", Start, null);
        _times.Changed("a", Start.AddHours(hours));
        Assert.Equal(Start.AddHours(expectedHours), _times.Next);
        Assert.Equal("a", _times.Take());
        // The time that it was put forward from is gone.
        Assert.Null(_times.Next);
    }

    [Fact]
    public void Changed_Later_LeavesTheEarlierTime()
    {
        _times.Answered("a", Start, Start.AddHours(2));
        _times.Changed("a", Start.AddHours(5));
        Assert.Equal(Start.AddHours(2), _times.Next);
    }

    /// <summary>An answer that names the present must not hold the clock up.</summary>
    [Fact]
    public void Answered_WithThePresent_IsAskedALittleLater()
    {
        _times.Answered("a", Start, Start);
        Assert.Equal(Start + AskTimes.Shortest, _times.Next);
    }
}
