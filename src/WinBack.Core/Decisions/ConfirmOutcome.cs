namespace WinBack.Core.Decisions;

/// <summary>What came of a confirmation.</summary>
public enum ConfirmOutcome
{
    /// <summary>The places are taken for good; also when it was confirmed before.</summary>
    Confirmed,

    /// <summary>There is no such decision, or it is too old to be kept.</summary>
    NotFound,

    /// <summary>The decision was to send nothing.</summary>
    NothingReserved,

    /// <summary>It was released before.</summary>
    Released,

    /// <summary>It came too late: the places are given back.</summary>
    Expired,

    /// <summary>The customer asked to be forgotten, or nothing is known of them any more (rules C1).</summary>
    CustomerErased,

    /// <summary>Consent for the channel was withdrawn (rules C1).</summary>
    ConsentWithdrawn,

    /// <summary>The address bounced (rules C7).</summary>
    AddressBounced,

    /// <summary>The customer came back, and the decision did not know (rules S3).</summary>
    Reengaged,

    /// <summary>
    /// The send window has closed since the decision (rules C4). The places are still held: it can be confirmed when the window
    /// opens again, if that is before they expire.
    /// </summary>
    WindowClosed,

    /// <summary>The customer's state kept changing under the check; try again.</summary>
    StateChanging,
}
