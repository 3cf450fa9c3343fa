using WinBack.Adapters.Kafka;
using WinBack.Core.Policy;
using WinBack.Service.Hosting.Conditions;
using WinBack.Service.Serving;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Service.Hosting;

public sealed class ConditionsTests
{
    private readonly IngestProgress _ingest = new();

    [Fact]
    public async Task PartitionsAssigned_BeforeTheGroupHasAnswered_AreMissing()
    {
        var condition = new PartitionsAssigned(_ingest);
        Assert.Equal("no partitions assigned yet", await condition.MissingAsync(default));
        _ingest.AssignedPartitions = 0;
        Assert.Null(await condition.MissingAsync(default));
    }

    [Fact]
    public async Task CaughtUp_LagNotKnownOrBeyondTheBound_IsMissing()
    {
        var condition = new CaughtUp(_ingest, mostRecords: 100);
        _ingest.AssignedPartitions = 3;
        Assert.Equal("how far the fold is behind is not known yet", await condition.MissingAsync(default));
        _ingest.Lag = 101;
        Assert.Equal("101 records are not folded yet; ready at 100 (Readiness:StartLag)", await condition.MissingAsync(default));
        _ingest.Lag = 100;
        Assert.Null(await condition.MissingAsync(default));
    }

    /// <summary>Once caught up, lag takes nobody out.</summary>
    [Fact]
    public async Task CaughtUp_LagThatComesLater_IsNoReason()
    {
        var condition = new CaughtUp(_ingest, mostRecords: 0);
        _ingest.AssignedPartitions = 3;
        _ingest.Lag = 0;
        Assert.Null(await condition.MissingAsync(default));
        _ingest.Lag = 1_000_000;
        Assert.Null(await condition.MissingAsync(default));
        _ingest.Lag = null;
        Assert.Null(await condition.MissingAsync(default));
    }

    /// <summary>That is told by <see cref="PartitionsAssigned"/>, once.</summary>
    [Fact]
    public async Task CaughtUp_NothingAssignedYet_SaysNothing() => Assert.Null(await new CaughtUp(_ingest, mostRecords: 0).MissingAsync(default));

    [Fact]
    public async Task Loaded_NothingToServe_IsMissing()
    {
        var live = new Live<PlaybookModel>();
        var condition = new Loaded<PlaybookModel>("playbook", live);
        Assert.Equal("no playbook loaded", await condition.MissingAsync(default));
        live.Swap(TestPlaybook.Model(TestPlaybook.Config()));
        Assert.Null(await condition.MissingAsync(default));
    }
}
