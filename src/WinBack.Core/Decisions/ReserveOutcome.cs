namespace WinBack.Core.Decisions;

/// <summary>How a store took a plan.</summary>
public enum ReserveOutcome
{
    /// <summary>Decided now.</summary>
    Decided,

    /// <summary>The request id was known: this is the decision made then, and nothing was counted again.</summary>
    Repeated,

    /// <summary>The request id belongs to another request; nothing was decided.</summary>
    RequestIdReused,

    /// <summary>Contact was suppressed since the plan was made; nothing was decided. Read the customer anew and plan again.</summary>
    Outdated,
}
