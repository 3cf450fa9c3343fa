namespace WinBack.Core.Policy.Sequences;

/// <summary>What becomes of a step that caps turn down.</summary>
public enum CappedPolicy
{
    /// <summary>It waits for a free place, and the steps after it wait for it.</summary>
    Defer,

    /// <summary>An action of the step on another channel takes its place; when none is free either, it waits.</summary>
    Substitute,

    /// <summary>It is left out when caps have no place at the instant it is due.</summary>
    Skip,

    /// <summary>The sequence is over when caps have no place at the instant it is due.</summary>
    End,
}
