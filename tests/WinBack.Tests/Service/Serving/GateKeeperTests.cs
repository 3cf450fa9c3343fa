using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;
using WinBack.Service.Serving;
using WinBack.Tests.Policy;
using WinBack.Tests.Policy.Experiments;
using WinBack.Tests.Redis;

namespace WinBack.Tests.Service.Serving;

/// <summary>From counts in Redis to what nodes serve: judged, moved, followed.</summary>
public sealed class GateKeeperTests : RedisServerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly Live<PlaybookModel> _live = new();

    private ExperimentRegistry Registry => new(Database, Timeout);

    [Theory]
    [Trait("Rule", "E3")]
    [InlineData(1_000, 150, 100_000, 10_000, ExperimentChange.Widen, 5)]
    [InlineData(2_000, 50, 200_000, 20_000, ExperimentChange.SwitchOff, 0)]
    [InlineData(3_000, 300, 100_000, 10_000, ExperimentChange.Mismatch, 0)]
    public async Task Counts_MoveTheGate_AndTheNodeFollows(
        long treated, long treatedSuccesses, long control, long controlSuccesses, ExperimentChange change, int percent)
    {
        ExperimentConfig gated = TestExperiments.Subject();
        gated.Gated = true;
        var staged = new StagedPlaybook(_live);
        staged.Swap(TestPlaybook.Model(TestExperiments.With(gated)));
        await CountAsync("question", treated, treatedSuccesses);
        await CountAsync("control", control, controlSuccesses);
        using var keeper = new GateKeeper(
            Registry, new ExperimentCounts(Database, 1, Timeout), _live, new StandingClock(), Options.Create(new ModelServingOptions()),
            NullLogger<GateKeeper>.Instance);
        await keeper.JudgeAsync(CancellationToken.None);
        // Judged once more before the node has followed: it is moved already.
        await keeper.JudgeAsync(CancellationToken.None);

        ExperimentAuditEntry entry = Assert.Single(await Registry.ReadChangesAsync(before: 10, count: 10));
        Assert.Equal((change, 1, percent), (entry.Change, entry.From, entry.To));
        Assert.StartsWith("node ", entry.By, StringComparison.Ordinal);
        await new ExperimentFollower(Registry, staged, NullLogger<ExperimentFollower>.Instance).FollowAsync(CancellationToken.None);
        ExperimentStage stage = _live.Current.Experiments.Experiments[0].Stage;
        Assert.Equal(percent, stage.Percent);
        Assert.Equal(change == ExperimentChange.Widen, stage.Status == ExperimentStatus.Running);
    }

    /// <summary>A month before now, so that the time of all customers is over; at one percent.</summary>
    private async Task CountAsync(string variant, long customers, long successes)
    {
        RedisKey tally = new PartitionKeys(0).Tally;
        await Database.HashSetAsync(tally, $"subject/s1|20260501|1|{variant}|n", customers);
        await Database.HashSetAsync(tally, $"subject/s1|20260501|1|{variant}|s", successes);
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => CustomerHistory.Now.AddDays(2);
    }
}
