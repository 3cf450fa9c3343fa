using WinBack.Cli.Produce;

namespace WinBack.Tests.Cli.Produce;

public sealed class PacerTests
{
    private static readonly DateTimeOffset Start = new(2011, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Wait_SpeedUp_IsEventTimeOverIt()
    {
        var time = new ManualTime();
        var pacer = new Pacer(speedUp: 60, eventsASecond: double.PositiveInfinity, time);

        await pacer.WaitAsync(Start, CancellationToken.None);
        await pacer.WaitAsync(Start.AddMinutes(10), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(10), time.Waited);
    }

    [Fact]
    public async Task Wait_Rate_IsOneOverItForEachEventAfterTheFirst()
    {
        var time = new ManualTime();
        var pacer = new Pacer(double.PositiveInfinity, eventsASecond: 4, time);

        for (int i = 0; i < 9; i++) await pacer.WaitAsync(Start, CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(2), time.Waited);
    }

    [Fact]
    public async Task Wait_NoLimit_NeverWaits()
    {
        var time = new ManualTime();
        var pacer = new Pacer(double.PositiveInfinity, double.PositiveInfinity, time);

        for (int i = 0; i < 100; i++) await pacer.WaitAsync(Start.AddDays(i), CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, time.Waited);
    }

    /// <summary>A clock that jumps to the end of every wait.</summary>
    private sealed class ManualTime : TimeProvider
    {
        internal TimeSpan Waited { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Waited.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
