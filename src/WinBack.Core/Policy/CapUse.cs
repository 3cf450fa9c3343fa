namespace WinBack.Core.Policy;

/// <summary>One cap as it concerns one touch.</summary>
/// <param name="Key">Cap name and scope value, "email_week/email": names the list of time stamps.</param>
/// <param name="Window">Length of the sliding window; zero with a period.</param>
/// <param name="IsEnforced">False when the touch takes a place but is not held back (rules C5).</param>
/// <param name="Period">None for a sliding window.</param>
/// <param name="Bounds">Of the period, around the decision; of a playbook's own uses, and of a sliding window, all zero.</param>
/// <param name="Counts">What takes a place for good.</param>
public sealed record CapUse(
    string Key,
    int Limit,
    TimeSpan Window,
    bool IsEnforced,
    CapPeriod Period = CapPeriod.None,
    PeriodBounds Bounds = default,
    CapUnit Counts = CapUnit.Reserved);
