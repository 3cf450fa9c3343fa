using WinBack.Adapters.Redis;
using WinBack.Core.Experiments;
using WinBack.Core.Models;

namespace WinBack.Tests.Redis;

/// <summary>Counts of experiments and their registry on a real server.</summary>
public sealed class ExperimentTallyTests : RedisServerTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly ChangeNote Note = new("anna", Now, "why");

    private ExperimentTally Tally => new(Database, new PartitionKeys(0));

    [Fact]
    [Trait("Rule", "E3")]
    public async Task Exposures_ToldAgainAndAgain_CountACustomerOnce()
    {
        Assert.False(await Tally.IsOpenAsync());
        for (int i = 0; i < 3; i++)
        {
            // The first exposure stands, whatever step and day the later ones are of.
            await Tally.ExposeAsync("ann", Now.AddDays(i), [Of("question", percent: i == 0 ? 5 : 25)]);
            await Tally.ExposeAsync("ben", Now, [Of("control", percent: 5), Of("control", "order/s2", percent: 100)]);
        }

        Assert.True(await Tally.IsOpenAsync());
        IReadOnlyDictionary<string, IReadOnlyList<ExposureCell>> counts = await ReadAsync();
        Assert.Equal(
            [new(Day(0), 5, "control", 1, 0), new(Day(0), 5, "question", 1, 0)], counts["subject/s1"].OrderBy(c => c.Variant));
        Assert.Equal([new(Day(0), 100, "control", 1, 0)], counts["order/s2"]);
    }

    [Fact]
    [Trait("Rule", "E3")]
    public async Task Successes_InTimeAndOfTheKind_CountACustomerOnce()
    {
        foreach (string customer in new[] { "ann", "ben", "cat", "dan" })
            await Tally.ExposeAsync(customer, Now, [Of("question"), Of("question", "order/s2", kind: SuccessKind.Clicked)]);
        for (int i = 0; i < 3; i++)
        {
            await SucceedAsync("ann", (SuccessKind.Returned, Now.AddDays(1)), (SuccessKind.Returned, Now.AddDays(2)));
            // Before the exposure, after its time, of another kind; and somebody who met no experiment.
            await SucceedAsync("ben", (SuccessKind.Returned, Now), (SuccessKind.Returned, Now.AddDays(30).AddMilliseconds(1)));
            await SucceedAsync("cat", (SuccessKind.Opened, Now.AddDays(1)));
            await SucceedAsync("dan", (SuccessKind.Clicked, Now.AddDays(30)));
            await SucceedAsync("eve", (SuccessKind.Returned, Now.AddDays(1)));
        }

        IReadOnlyDictionary<string, IReadOnlyList<ExposureCell>> counts = await ReadAsync();
        Assert.Equal([new(Day(0), 100, "question", 4, 1)], counts["subject/s1"]);
        Assert.Equal([new(Day(0), 100, "question", 4, 1)], counts["order/s2"]);
    }

    /// <summary>Without what makes them repeatable, told twice is counted twice: the tests above would fail.</summary>
    [Fact]
    public async Task Scripts_WithoutTheirGuards_CountTwice()
    {
        var mutant = new ExperimentTally(Database, new PartitionKeys(0))
        {
            Expose = new Adapters.Redis.LuaScript("expose").Without(
                "if redis.call('HSETNX', KEYS[1], ARGV[at], first) == 1 then", "redis.call('HSETNX', KEYS[1], ARGV[at], first) if true then"),
            Succeed = new Adapters.Redis.LuaScript("succeed").Without("redis.call('HSET', KEYS[c], id, value .. '|1')"),
        };
        for (int i = 0; i < 2; i++)
        {
            await mutant.ExposeAsync("ann", Now, [Of("question")]);
            await mutant.SucceedAsync([KeyValuePair.Create("ann", new List<(SuccessKind, long)> { (SuccessKind.Returned, Ms(Now.AddDays(1))) })]);
        }

        Assert.Equal([new(Day(0), 100, "question", 2, 2)], (await ReadAsync())["subject/s1"]);
    }

    [Fact]
    public async Task Counts_OfAnotherProgram_AreRefused()
    {
        await Database.HashSetAsync(new PartitionKeys(0).Tally, "subject/s1|20260601|x|control|n", 1);
        await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);
    }

    [Fact]
    [Trait("Rule", "E3")]
    public async Task Registry_MovedByTwo_OneMovesAndTheTrailHasIt()
    {
        var stage = new ExperimentStage("offer/s1", ExperimentStatus.Running, 1);
        var verdict = new GateVerdict(GateMove.Widen, "difference +0.01");
        ExperimentRegistry one = new(Database, Timeout), other = new(Database, Timeout);
        bool isFirst = true;
        // The other node moves between this one's look and its change.
        one.Store.BetweenReadAndChange = async () =>
        {
            if (isFirst) await other.ChangeAsync(c => ExperimentMoves.Follow(c, stage, verdict, Note with { By = "other" }));
            isFirst = false;
        };
        ExperimentStep step = await one.ChangeAsync(c => ExperimentMoves.Follow(c, stage, verdict, Note));
        Assert.Null(step.Entry);
        Assert.Equal(5, (await one.ReadAsync()).Find("offer/s1")!.Percent);
        ExperimentAuditEntry entry = Assert.Single(await one.ReadChangesAsync(before: 10, count: 10));
        Assert.Equal(
            (1L, "other", ExperimentChange.Widen, 1, 5, "difference +0.01"),
            (entry.Revision, entry.By, entry.Change, entry.From, entry.To, entry.Reason));
        Assert.StartsWith("1-", await one.ReadStampAsync(), StringComparison.Ordinal);
    }

    private static ExperimentAssignment Of(
        string variant, string experiment = "subject/s1", int percent = 100, SuccessKind kind = SuccessKind.Returned) =>
        new(experiment, variant, percent, 0.5, kind, TimeSpan.FromDays(30));

    private static DateOnly Day(int day) => DateOnly.FromDateTime(Now.UtcDateTime).AddDays(day);

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private Task<int> SucceedAsync(string customer, params (SuccessKind Kind, DateTimeOffset Time)[] events) => Tally.SucceedAsync(
        [KeyValuePair.Create(customer, events.Select(e => (e.Kind, Ms(e.Time))).ToList())]);

    private Task<IReadOnlyDictionary<string, IReadOnlyList<ExposureCell>>> ReadAsync() => new ExperimentCounts(Database, 1, Timeout).ReadAsync();
}
