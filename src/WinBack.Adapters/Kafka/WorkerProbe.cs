namespace WinBack.Adapters.Kafka;

/// <summary>
/// What fault tests may do to a worker: strike at a stage, or take a guard out to see that the tests then fail.
/// Production runs <see cref="None"/>.
/// </summary>
internal sealed record WorkerProbe
{
    internal static WorkerProbe None { get; } = new();

    internal Action<WorkerStage> AtStage { get; init; } = static _ => { };

    /// <summary>False: dead letters are written after the chunk that passes them.</summary>
    internal bool DivertsFirst { get; init; } = true;

    /// <summary>False: caps are corrected after the chunk that passes the outcomes.</summary>
    internal bool CorrectsFirst { get; init; } = true;

    /// <summary>False: after Redis lost its tail the worker takes over but does not go back in the log.</summary>
    internal bool SeeksBack { get; init; } = true;
}
