namespace WinBack.Core.Experiments;

/// <summary>What is to be done with an experiment.</summary>
public enum GateMove
{
    Stay,

    /// <summary>To the next step: the treatment does no harm that matters, and at the last step it is better.</summary>
    Widen,

    /// <summary>The treatment loses: everybody gets the control.</summary>
    SwitchOff,

    /// <summary>The shares of the variants are not those that were meant: nothing can be learned any more.</summary>
    Mismatch,
}
