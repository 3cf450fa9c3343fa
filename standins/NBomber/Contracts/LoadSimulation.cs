namespace NBomber.Contracts;

/// <summary>One section of the load of a scenario; made by <see cref="CSharp.Simulation"/>.</summary>
public abstract record LoadSimulation
{
    private protected LoadSimulation(TimeSpan during)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(during, TimeSpan.Zero);
        During = during;
    }

    internal TimeSpan During { get; }

    /// <summary>Open loop: <paramref name="Rate"/> iterations an interval, evenly spread, whatever becomes of them.</summary>
    internal sealed record Inject(int Rate, TimeSpan Interval, TimeSpan For) : LoadSimulation(For);

    /// <summary>Open loop: from the rate before to <paramref name="Rate"/>, linearly.</summary>
    internal sealed record RampingInject(int Rate, TimeSpan Interval, TimeSpan For) : LoadSimulation(For);

    /// <summary>Closed loop: copies that each start an iteration when the last one is over.</summary>
    internal sealed record KeepConstant(int Copies, TimeSpan For) : LoadSimulation(For);

    /// <summary>Closed loop: from the copies before to <paramref name="Copies"/>, linearly.</summary>
    internal sealed record RampingConstant(int Copies, TimeSpan For) : LoadSimulation(For);

    internal sealed record Pause(TimeSpan For) : LoadSimulation(For);
}
