using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class CatalogueRulesTests
{
    private static readonly ChangeNote Note = new("ann", DateTimeOffset.UnixEpoch, "because");
    private ModelCatalogue _catalogue = ModelCatalogue.Empty;

    private ModelRecord Churn => _catalogue.Find("churn")!;

    public CatalogueRulesTests()
    {
        foreach (string version in new[] { "v1", "v2", "v3" }) Did(CatalogueRules.Push(_catalogue, "churn", Version(version), Note));
    }

    [Fact]
    public void Push_SamePackage_ChangesNothing()
    {
        CatalogueStep again = CatalogueRules.Push(_catalogue, "churn", Version("v2"), Note);

        Assert.Null(again.Entry);
        Assert.Equal(CatalogueFault.None, again.Fault);
    }

    [Fact]
    public void Push_SameVersionOtherBytes_IsRefused() =>
        Refused(CatalogueFault.VersionTaken, CatalogueRules.Push(_catalogue, "churn", Version("v2") with { Sha256 = "other" }, Note));

    [Fact]
    public void Push_BeyondTheBound_IsRefused()
    {
        for (int i = Churn.Versions.Count; i < ModelRecord.MaxVersions; i++) Did(CatalogueRules.Push(_catalogue, "churn", Version($"x{i}"), Note));

        Refused(CatalogueFault.TooManyVersions, CatalogueRules.Push(_catalogue, "churn", Version("one more"), Note));
    }

    [Fact]
    public void Promote_ThenRollback_GoesBackAsFarAsItCame()
    {
        Promote("v1");
        Promote("v2");
        Promote("v3");

        Did(CatalogueRules.Rollback(_catalogue, "churn", null, Note));
        Assert.Equal("v2", Churn.Champion);
        Did(CatalogueRules.Rollback(_catalogue, "churn", "v1", Note));
        Assert.Equal("v1", Churn.Champion);
        Did(CatalogueRules.Rollback(_catalogue, "churn", null, Note));
        Assert.Equal("", Churn.Champion);
        Refused(CatalogueFault.NothingToRollBack, CatalogueRules.Rollback(_catalogue, "churn", null, Note));
        Assert.Equal(9, _catalogue.Revision);
    }

    [Fact]
    public void Rollback_RepeatedWithItsTarget_GoesBackOnce()
    {
        Promote("v1");
        Promote("v2");
        Did(CatalogueRules.Rollback(_catalogue, "churn", "v1", Note));

        Assert.Null(CatalogueRules.Rollback(_catalogue, "churn", "v1", Note).Entry);
        Refused(CatalogueFault.NothingToRollBack, CatalogueRules.Rollback(_catalogue, "churn", "v3", Note));
    }

    [Fact]
    public void Promote_OfChallengerAndCanary_EndsBoth()
    {
        Promote("v1");
        Did(CatalogueRules.Shadow(_catalogue, "churn", "v2", Note));
        Did(CatalogueRules.Canary(_catalogue, "churn", "v2", 1, Note));

        Promote("v2");

        Assert.Equal(("v2", "", null), (Churn.Champion, Churn.Challenger, Churn.Canary));
    }

    [Fact]
    public void Promote_OfAnother_LeavesTheRolloutAlone()
    {
        Did(CatalogueRules.Canary(_catalogue, "churn", "v2", 1, Note));

        Promote("v1");

        Assert.Equal("v2", Churn.Canary!.Version);
    }

    [Fact]
    public void Canary_GoesUpOneStepAtATime_WithOneSalt()
    {
        Refused(CatalogueFault.CanaryStep, CatalogueRules.Canary(_catalogue, "churn", "v2", 5, Note));
        Did(CatalogueRules.Canary(_catalogue, "churn", "v2", 1, Note));
        string salt = Churn.Canary!.Salt;
        Refused(CatalogueFault.CanaryStep, CatalogueRules.Canary(_catalogue, "churn", "v2", 25, Note));
        Refused(CatalogueFault.CanaryStep, CatalogueRules.Canary(_catalogue, "churn", "v2", 3, Note));
        foreach (int percent in new[] { 5, 25, 100, 5 }) Did(CatalogueRules.Canary(_catalogue, "churn", "v2", percent, Note));

        Assert.Equal(new CanaryRollout("v2", 5, salt), Churn.Canary);
        AuditEntry last = Did(CatalogueRules.Canary(_catalogue, "churn", "", 0, Note));
        Assert.Equal(("v2 at 5 %", ""), (last.From, last.To));
        Did(CatalogueRules.Canary(_catalogue, "churn", "v2", 1, Note));
        Assert.NotEqual(salt, Churn.Canary!.Salt);
    }

    [Fact]
    public void RollCanaryBack_OfAnEarlierRollout_ChangesNothing()
    {
        Did(CatalogueRules.Canary(_catalogue, "churn", "v2", 1, Note));
        CanaryRollout failed = Churn.Canary!;
        AuditEntry ended = Did(CatalogueRules.RollCanaryBack(_catalogue, "churn", failed, Note));
        Did(CatalogueRules.Canary(_catalogue, "churn", "v2", 1, Note));

        Assert.Equal(ModelChange.CanaryRollback, ended.Change);
        Assert.Null(CatalogueRules.RollCanaryBack(_catalogue, "churn", failed, Note).Entry);
        Assert.NotNull(Churn.Canary);
    }

    [Fact]
    public void TheChampion_IsNeitherTriedNorShadowed()
    {
        Promote("v1");

        Refused(CatalogueFault.IsChampion, CatalogueRules.Canary(_catalogue, "churn", "v1", 1, Note));
        Refused(CatalogueFault.IsChampion, CatalogueRules.Shadow(_catalogue, "churn", "v1", Note));
        Assert.Null(CatalogueRules.Promote(_catalogue, "churn", "v1", Note).Entry);
    }

    [Fact]
    public void WhatWasNeverPushed_IsRefused()
    {
        Refused(CatalogueFault.UnknownModel, CatalogueRules.Promote(_catalogue, "horoscope", "v1", Note));
        Refused(CatalogueFault.UnknownModel, CatalogueRules.Rollback(_catalogue, "horoscope", null, Note));
        Refused(CatalogueFault.UnknownVersion, CatalogueRules.Promote(_catalogue, "churn", "v9", Note));
        Refused(CatalogueFault.UnknownVersion, CatalogueRules.Canary(_catalogue, "churn", "v9", 1, Note));
        Refused(CatalogueFault.NoCanary, CatalogueRules.Canary(_catalogue, "churn", "", 0, Note));
    }

    private static ModelVersion Version(string version) => new(version, "sha of " + version, 1, DateTimeOffset.UnixEpoch, "ann", "");

    private void Promote(string version) => Did(CatalogueRules.Promote(_catalogue, "churn", version, Note));

    private AuditEntry Did(CatalogueStep step)
    {
        Assert.Equal((CatalogueFault.None, ""), (step.Fault, step.Detail));
        Assert.Equal(_catalogue.Revision + 1, step.Entry!.Revision);
        _catalogue = step.Next;
        return step.Entry;
    }

    private static void Refused(CatalogueFault fault, CatalogueStep step)
    {
        Assert.Equal(fault, step.Fault);
        Assert.Null(step.Entry);
        Assert.NotEmpty(step.Detail);
    }
}
