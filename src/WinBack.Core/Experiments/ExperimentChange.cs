namespace WinBack.Core.Experiments;

/// <summary>What was done to an experiment in the registry.</summary>
public enum ExperimentChange
{
    /// <summary>Its gate went a step further by itself.</summary>
    Widen = 1,

    /// <summary>Its gate went off by itself: the treatment lost.</summary>
    SwitchOff = 2,

    /// <summary>It stopped by itself: the shares of the variants were not those that were meant.</summary>
    Mismatch = 3,

    /// <summary>Somebody stopped it.</summary>
    Stop = 4,

    /// <summary>Somebody set its gate.</summary>
    SetGate = 5,
}
