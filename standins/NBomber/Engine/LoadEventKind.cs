namespace NBomber.Engine;

internal enum LoadEventKind
{
    /// <summary>One iteration starts (open loop).</summary>
    Inject,

    /// <summary>One more copy iterates (closed loop).</summary>
    AddCopy,

    /// <summary>One copy ends after its present iteration.</summary>
    RemoveCopy,
}
