using WinBack.Core.Models;

namespace WinBack.Core.Policy;

/// <summary>
/// How playbooks come to serve: pushed, and taken back. Each rule is a function from a catalogue to the next one, so that a
/// compare-and-set can try it again on what it finds.
/// </summary>
public static class PlaybookReleases
{
    /// <summary>Makes a version the live one. A version that was pushed before keeps the text that it came with.</summary>
    public static PlaybookStep Push(PlaybookCatalogue catalogue, PlaybookVersion version, ChangeNote note)
    {
        if (catalogue.Live == version.Version) return PlaybookStep.Nothing(catalogue);
        bool isKnown = catalogue.Find(version.Version) is not null;
        if (!isKnown && catalogue.Versions.Count == PlaybookCatalogue.MaxVersions)
            return PlaybookStep.Refuse(
                catalogue, $"the registry has {PlaybookCatalogue.MaxVersions} playbooks; begin a new one in another Redis database");
        PlaybookCatalogue next = catalogue with
        {
            Revision = catalogue.Revision + 1,
            Live = version.Version,
            PastLive = [.. catalogue.PastLive.Append(catalogue.Live).TakeLast(PlaybookCatalogue.MaxPastLive)],
            Versions = isKnown ? catalogue.Versions : [.. catalogue.Versions, version],
        };
        return Change(catalogue, next, PlaybookChange.Push, note);
    }

    /// <summary>Makes the version that was live before this one the live one again.</summary>
    /// <param name="to">When not null, the version that is expected to come back: a repeated call then goes back once only.</param>
    public static PlaybookStep Rollback(PlaybookCatalogue catalogue, string? to, ChangeNote note)
    {
        if (to is not null && catalogue.Live == to) return PlaybookStep.Nothing(catalogue);
        if (catalogue.PastLive.Count == 0) return PlaybookStep.Refuse(catalogue, "no other playbook was live before");
        string before = catalogue.PastLive[^1];
        if (to is not null && before != to)
            return PlaybookStep.Refuse(catalogue, $"{Shown(before)} was live before; to go further back, push {to} again");
        PlaybookCatalogue next = catalogue with
        {
            Revision = catalogue.Revision + 1, Live = before, PastLive = [.. catalogue.PastLive.SkipLast(1)],
        };
        return Change(catalogue, next, PlaybookChange.Rollback, note);
    }

    /// <summary>A version of an alias in words.</summary>
    public static string Shown(string version) => version.Length > 0 ? version : "the file of the services";

    private static PlaybookStep Change(PlaybookCatalogue before, PlaybookCatalogue next, PlaybookChange change, ChangeNote note) =>
        new(next, new PlaybookAuditEntry(next.Revision, note.Time, note.By, change, before.Live, next.Live, note.Reason), "");
}
