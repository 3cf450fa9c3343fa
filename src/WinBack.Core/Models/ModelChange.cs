namespace WinBack.Core.Models;

/// <summary>What was done; numbers equal those of the proto.</summary>
public enum ModelChange
{
    Push = 1,
    Promote = 2,
    Rollback = 3,
    Shadow = 4,
    Canary = 5,

    /// <summary>A service node ended a rollout by itself.</summary>
    CanaryRollback = 6,
}
