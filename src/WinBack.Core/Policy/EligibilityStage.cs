namespace WinBack.Core.Policy;

/// <summary>The stages an action passes, in this order.</summary>
public enum EligibilityStage
{
    /// <summary>Consent for the channel, and erasure (rules C1).</summary>
    Permission,

    /// <summary>The address works (rules C7).</summary>
    Reachability,

    /// <summary>The customer is lapsed, not too long, and for a cause that can be cured (rules L4, L6).</summary>
    Lapse,

    /// <summary>The customer did not come back after a touch (rules S3).</summary>
    Reengaged,

    /// <summary>The action fits the reason of the lapse (rules A1 to A6).</summary>
    Reason,

    /// <summary>Segment, value tier and conditions on features (rules L2, L3).</summary>
    Audience,

    /// <summary>The action's time in the lapse and in the sequence, and the turn of its step (rules S1).</summary>
    Step,

    /// <summary>No other sequence, and its trigger (rules S4, A9, A15).</summary>
    Sequence,

    /// <summary>No discount as opener, and payback in time (rules S2, V2).</summary>
    Offer,

    /// <summary>The caller can use the channel.</summary>
    Channel,

    /// <summary>No quiet hours, and an allowed day, by the customer's clock (rules C4).</summary>
    Window,

    /// <summary>Expected net value is positive (rules V1, V3).</summary>
    Value,

    /// <summary>Frequency caps (rules C2).</summary>
    Cap,

    /// <summary>A unit of a scarce capacity is left, and the touch is worth it (rules C6).</summary>
    Capacity,

    /// <summary>The variants that the customer is in allow the action (rules E1).</summary>
    Experiment,

    /// <summary>The customer is not in the global holdout, which gets nothing (rules E2).</summary>
    Holdout,
}
