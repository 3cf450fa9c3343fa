namespace WinBack.Service.Hosting;

/// <summary>Which time the service takes it to be.</summary>
public sealed class ClockOptions
{
    public const string Section = "Clock";

    /// <summary>UTC. When set, the clock shows this at start and runs on from there: a replay clock. Never in production.</summary>
    public DateTimeOffset? StandAt { get; set; }
}
