namespace WinBack.Cli.Simulate;

/// <summary>The time of a simulation; it stands until it is moved.</summary>
internal sealed class SimulationClock : TimeProvider
{
    internal DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
