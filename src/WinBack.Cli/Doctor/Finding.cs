namespace WinBack.Cli.Doctor;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Fix">What to do; empty when all is well.</param>
internal sealed record Finding(FindingLevel Level, string Subject, string Detail, string Fix = "")
{
    internal static Finding Ok(string subject, string detail) => new(FindingLevel.Ok, subject, detail);

    internal static Finding Warning(string subject, string detail, string fix) => new(FindingLevel.Warning, subject, detail, fix);

    internal static Finding Failure(string subject, string detail, string fix) => new(FindingLevel.Failure, subject, detail, fix);
}
