namespace WinBack.Cli.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    Ok,

    /// <summary>Works, but not as it should in production.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Failure,
}
