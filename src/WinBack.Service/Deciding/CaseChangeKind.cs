namespace WinBack.Service.Deciding;

/// <summary>
/// What is changed, the nearest first: what comes by itself, what the caller, the customer, the operator can do. Numbers
/// equal those of the proto.
/// </summary>
internal enum CaseChangeKind
{
    /// <summary>To decide later.</summary>
    Wait = 1,

    /// <summary>To ask for a channel too.</summary>
    AskChannel = 2,

    /// <summary>Consent for a channel.</summary>
    Consent = 3,

    /// <summary>A reachable address for a channel.</summary>
    Address = 4,

    /// <summary>A wider cap.</summary>
    CapLimit = 5,
}
