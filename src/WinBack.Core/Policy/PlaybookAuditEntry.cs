namespace WinBack.Core.Policy;

/// <summary>One change of the registry of playbooks, written with it and never again.</summary>
/// <param name="Revision">That the change made.</param>
/// <param name="Time">UTC, by the clock of whoever made it.</param>
/// <param name="From">The version that was live; "" for the file that services are configured with.</param>
/// <param name="To">The version that is, alike.</param>
public sealed record PlaybookAuditEntry(
    long Revision, DateTimeOffset Time, string By, PlaybookChange Change, string From, string To, string Reason);
