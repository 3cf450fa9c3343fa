namespace WinBack.Core.Policy;

/// <summary>The registry of playbooks at one revision. Every change makes the next revision and one <see cref="PlaybookAuditEntry"/>.</summary>
/// <param name="Revision">Counts the changes; 0 for an empty registry.</param>
/// <param name="Live">The version that serves; "" while it is the file that services are configured with.</param>
/// <param name="PastLive">Oldest first, at most <see cref="MaxPastLive"/>: what rollback goes back to.</param>
/// <param name="Versions">In the order they were first pushed.</param>
public sealed record PlaybookCatalogue(
    long Revision, string Live, IReadOnlyList<string> PastLive, IReadOnlyList<PlaybookVersion> Versions)
{
    public const int MaxPastLive = 50;

    /// <summary>The catalogue is read and written whole, so it is bounded.</summary>
    public const int MaxVersions = 1_000;

    public static PlaybookCatalogue Empty { get; } = new(0, "", [], []);

    /// <summary>Null when there is none.</summary>
    public PlaybookVersion? Find(string version) => Versions.FirstOrDefault(v => v.Version == version);
}
