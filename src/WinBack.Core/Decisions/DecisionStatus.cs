namespace WinBack.Core.Decisions;

/// <summary>Where a decision's reservation stands; numbers equal those of the proto.</summary>
public enum DecisionStatus
{
    /// <summary>Nothing is reserved: no action, or a preview.</summary>
    None = 1,
    Reserved = 2,
    Confirmed = 3,
    Released = 4,
    Expired = 5,
}
