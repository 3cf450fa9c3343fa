namespace WinBack.Core.Policy;

/// <summary>The segments of rules L2.</summary>
public enum Segment
{
    /// <summary>None of the others.</summary>
    None,

    /// <summary>Cancelled without ever having paid.</summary>
    TrialCanceller,

    /// <summary>Paid and cancelled within the first six months.</summary>
    EarlyChurner,

    /// <summary>Paid and cancelled after six months or more.</summary>
    TenuredChurner,

    /// <summary>Has an account, never paid, does not use it.</summary>
    FreeInactive,

    /// <summary>Looked around and never bought.</summary>
    BrowsedOnly,

    BoughtOnce,
    BoughtRepeatedly,
}
