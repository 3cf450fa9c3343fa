using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>Makes the sections of the load of a scenario; they run one after the other.</summary>
public static class Simulation
{
    /// <summary>Starts <paramref name="rate"/> iterations every <paramref name="interval"/>, evenly spread (open loop).</summary>
    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.Inject(Checked(rate), Checked(interval), during);

    /// <summary>Goes from the rate before, or 0, to <paramref name="rate"/> every <paramref name="interval"/> (open loop).</summary>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) =>
        new LoadSimulation.RampingInject(Checked(rate), Checked(interval), during);

    /// <summary>Keeps <paramref name="copies"/> iterations running (closed loop).</summary>
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) =>
        new LoadSimulation.KeepConstant(Checked(copies), during);

    /// <summary>Goes from the number of copies before, or 0, to <paramref name="copies"/> (closed loop).</summary>
    public static LoadSimulation RampingConstant(int copies, TimeSpan during) =>
        new LoadSimulation.RampingConstant(Checked(copies), during);

    public static LoadSimulation Pause(TimeSpan during) => new LoadSimulation.Pause(during);

    private static int Checked(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count;
    }

    private static TimeSpan Checked(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return interval;
    }
}
