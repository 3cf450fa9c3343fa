using NBomber.Contracts;
using NBomber.CSharp;
using NBomber.Engine;

namespace Standins.Tests.NBomber;

public sealed class LoadTimelineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(10, 1, 3, 30)]
    [InlineData(3, 1, 1, 3)]
    [InlineData(7, 0.1, 0.55, 39)]
    [InlineData(1, 2, 5, 3)]
    [InlineData(0, 1, 5, 0)]
    public void Inject_RateEveryInterval_ArrivalsAreEvenlySpread(int rate, double interval, double during, int expected)
    {
        var at = Arrivals(Simulation.Inject(rate, Second * interval, Second * during));

        Assert.Equal(expected, at.Length);
        for (var i = 0; i < at.Length; i++)
        {
            Assert.Equal(i * interval / rate, at[i], tolerance: 1e-6);
        }
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(50, 200)]
    [InlineData(200, 40)]
    [InlineData(80, 80)]
    public void RampingInject_FromTheRateBefore_FollowsTheIntegralOfTheRate(int before, int after)
    {
        const double ramp = 4;
        var at = Arrivals(Simulation.Inject(before, Second, Second), Simulation.RampingInject(after, Second, Second * ramp))
            .Skip(before).Select(seconds => seconds - 1).ToArray();

        Assert.Equal((before + after) / 2 * ramp, at.Length);
        Assert.Equal(at.Order(), at);
        for (var i = 0; i < at.Length; i++)
        {
            var arrivedBefore = (before * at[i]) + ((after - before) * at[i] * at[i] / (2 * ramp));
            Assert.Equal(i, arrivedBefore, 3);
        }
    }

    [Fact]
    public void Copies_RampUpKeepRampDown_AreAsManyAsAskedAtEachMoment()
    {
        LoadSimulation[] sections =
        [
            Simulation.RampingConstant(10, Second * 10),
            Simulation.KeepConstant(10, Second * 5),
            Simulation.RampingConstant(2, Second * 8),
            Simulation.Pause(Second),
            Simulation.KeepConstant(3, Second),
        ];

        Assert.Equal(25, LoadTimeline.Duration(sections).TotalSeconds);
        Assert.Equal(1, CopiesAt(sections, 0.5));
        Assert.Equal(5, CopiesAt(sections, 4.5));
        Assert.Equal(10, CopiesAt(sections, 15.5));
        Assert.Equal(6, CopiesAt(sections, 19.5));
        Assert.Equal(3, CopiesAt(sections, 22.5));
        Assert.Equal(0, CopiesAt(sections, 23.5));
        Assert.Equal(3, CopiesAt(sections, 24.5));
    }

    [Fact]
    public void Inject_AfterCopies_CopiesEndFirst()
    {
        var events = LoadTimeline.Events([Simulation.KeepConstant(2, Second), Simulation.Inject(1, Second, Second)]).ToArray();

        Assert.Equal(
            [LoadEventKind.AddCopy, LoadEventKind.AddCopy, LoadEventKind.RemoveCopy, LoadEventKind.RemoveCopy, LoadEventKind.Inject],
            events.Select(e => e.Kind));
        Assert.Equal(Second, events[^1].At);
    }

    [Fact]
    public void Simulation_NegativeOrEmptyArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Simulation.Inject(-1, Second, Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Simulation.Inject(1, TimeSpan.Zero, Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Simulation.KeepConstant(1, -Second));
    }

    private static double[] Arrivals(params LoadSimulation[] sections) =>
        [.. LoadTimeline.Events(sections).Where(e => e.Kind == LoadEventKind.Inject).Select(e => e.At.TotalSeconds)];

    private static int CopiesAt(LoadSimulation[] sections, double seconds) => LoadTimeline.Events(sections)
        .TakeWhile(e => e.At.TotalSeconds <= seconds)
        .Sum(e => e.Kind switch { LoadEventKind.AddCopy => 1, LoadEventKind.RemoveCopy => -1, _ => 0 });
}
