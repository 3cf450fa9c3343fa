namespace WinBack.Core.Experiments;

/// <summary>Where an experiment stands in the registry.</summary>
public enum ExperimentStatus
{
    /// <summary>Customers are assigned, between its start and its end.</summary>
    Running = 1,

    /// <summary>Nobody is assigned: stopped by hand, because it lost, or by a sample-ratio mismatch.</summary>
    Stopped = 2,
}
