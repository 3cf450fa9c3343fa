namespace WinBack.Core.Decisions;

/// <summary>What came of a release.</summary>
public enum ReleaseOutcome
{
    /// <summary>The places are given back; also when it was released before.</summary>
    Released,

    /// <summary>There is no such decision, or it is too old to be kept.</summary>
    NotFound,

    /// <summary>The decision was to send nothing.</summary>
    NothingReserved,

    /// <summary>It was confirmed before: what was sent is counted.</summary>
    Confirmed,

    /// <summary>It had expired: the places were given back already.</summary>
    Expired,
}
