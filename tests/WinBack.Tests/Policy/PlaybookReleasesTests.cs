using WinBack.Core.Models;
using WinBack.Core.Policy;

namespace WinBack.Tests.Policy;

public sealed class PlaybookReleasesTests
{
    private static readonly ChangeNote Note = new("ann", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), "because");

    [Fact]
    public void Push_MakesItLive_AndTellsFromWhat()
    {
        PlaybookStep first = Push(PlaybookCatalogue.Empty, "a@1");
        PlaybookStep second = Push(first.Next, "a@2");

        Assert.Equal((2, "a@2"), (second.Next.Revision, second.Next.Live));
        Assert.Equal(["", "a@1"], second.Next.PastLive);
        Assert.Equal(["a@1", "a@2"], second.Next.Versions.Select(v => v.Version));
        Assert.Equal(new PlaybookAuditEntry(2, Note.Time, "ann", PlaybookChange.Push, "a@1", "a@2", "because"), second.Entry);
    }

    [Fact]
    public void Push_OfTheLiveOne_ChangesNothing()
    {
        PlaybookCatalogue catalogue = Push(PlaybookCatalogue.Empty, "a@1").Next;
        PlaybookStep again = Push(catalogue, "a@1", sha256: "other layout");
        Assert.Null(again.Entry);
        Assert.Same(catalogue, again.Next);
    }

    /// <summary>Versions are immutable: one that comes back is the one that was.</summary>
    [Fact]
    public void Push_OfAnOlderOne_KeepsItsText()
    {
        PlaybookCatalogue catalogue = Push(Push(PlaybookCatalogue.Empty, "a@1").Next, "a@2").Next;
        PlaybookStep back = Push(catalogue, "a@1", sha256: "other layout");
        Assert.Equal((3, "a@1"), (back.Next.Revision, back.Next.Live));
        Assert.Equal("sha of a@1", back.Next.Find("a@1")!.Sha256);
        Assert.Equal(2, back.Next.Versions.Count);
    }

    [Fact]
    public void Rollback_GoesBackOneByOne_ToTheFile()
    {
        PlaybookCatalogue catalogue = Push(Push(PlaybookCatalogue.Empty, "a@1").Next, "a@2").Next;
        PlaybookStep one = PlaybookReleases.Rollback(catalogue, to: null, Note);
        PlaybookStep two = PlaybookReleases.Rollback(one.Next, to: null, Note);
        PlaybookStep three = PlaybookReleases.Rollback(two.Next, to: null, Note);
        Assert.Equal(("a@1", "", ""), (one.Next.Live, two.Next.Live, three.Next.Live));
        Assert.Equal((3, 4, 4), (one.Next.Revision, two.Next.Revision, three.Next.Revision));
        Assert.Equal("no other playbook was live before", three.Problem);
    }

    [Fact]
    public void Rollback_To_IsDoneOnce_AndRefusesAnother()
    {
        PlaybookCatalogue catalogue = Push(Push(Push(PlaybookCatalogue.Empty, "a@1").Next, "a@2").Next, "a@3").Next;
        PlaybookStep back = PlaybookReleases.Rollback(catalogue, "a@2", Note);
        Assert.Equal("a@2", back.Next.Live);
        Assert.Null(PlaybookReleases.Rollback(back.Next, "a@2", Note).Entry);
        Assert.Contains("push a@1 again", PlaybookReleases.Rollback(catalogue, "a@1", Note).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_IsBounded()
    {
        PlaybookCatalogue catalogue = PlaybookCatalogue.Empty;
        for (int i = 0; i < PlaybookCatalogue.MaxVersions; i++) catalogue = Push(catalogue, $"a@{i}").Next;
        Assert.Equal(PlaybookCatalogue.MaxPastLive, catalogue.PastLive.Count);
        Assert.NotEmpty(Push(catalogue, "a@one-more").Problem);
        Assert.NotNull(Push(catalogue, "a@0").Entry);
    }

    private static PlaybookStep Push(PlaybookCatalogue catalogue, string version, string? sha256 = null) => PlaybookReleases.Push(
        catalogue, new PlaybookVersion(version, sha256 ?? $"sha of {version}", 1, Note.Time, "ann", "because"), Note);
}
