namespace WinBack.FaultWorker;

/// <summary>A guard of the event path taken out. Tests run each to see that they fail without it.</summary>
internal enum Mutant
{
    None,

    /// <summary>The commit script writes without comparing the watermark.</summary>
    BlindWrite,

    /// <summary>A take-over does not raise the epoch, so it fences nobody.</summary>
    SameEpoch,

    /// <summary>Event ids seen before are folded again.</summary>
    FoldsDuplicates,

    /// <summary>Dead and late letters are written after the chunk that passes them.</summary>
    DivertsLast,

    /// <summary>Caps are corrected after the chunk that passes the outcomes.</summary>
    CorrectsLast,

    /// <summary>After Redis lost its tail the worker goes on from where it was.</summary>
    StaysAhead,
}
