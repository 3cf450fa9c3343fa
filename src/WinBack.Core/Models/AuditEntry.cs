namespace WinBack.Core.Models;

/// <summary>One change of the registry, written with it and never again.</summary>
/// <param name="Revision">That the change made.</param>
/// <param name="Time">UTC, by the clock of whoever made it.</param>
/// <param name="From">The version before, with its share where it is a rollout; "" for none, or the folder's.</param>
/// <param name="To">The version after, alike.</param>
public sealed record AuditEntry(
    long Revision, DateTimeOffset Time, string By, string Model, ModelChange Change, string From, string To, string Reason);
