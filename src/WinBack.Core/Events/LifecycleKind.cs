namespace WinBack.Core.Events;

/// <summary>What kind of lifecycle event; numbers equal those of the proto.</summary>
public enum LifecycleKind
{
    SignedUp = 1,
    TrialStarted = 2,
    Cancelled = 3,
    Reactivated = 4,
    Erased = 5,
}
