using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using static WinBack.IntegrationTests.Caps.CapacityBench;
using LuaScript = WinBack.Adapters.Redis.LuaScript;

namespace WinBack.IntegrationTests.Caps;

/// <summary>
/// When units of scarce capacities come back (rules C3, C6): as they are released, expire or fail, and exactly when that was promised.
/// </summary>
[Trait("Rule", "C6")]
public sealed class CapacityReturnTests
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>After this every lease of the start is over, and reservations are not.</summary>
    private static readonly TimeSpan LeasesOver = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reserved_ComesBackWhenPromised_AndNotBefore(bool isGarnet)
    {
        await using CapacityBench bench = await StartAsync(isGarnet);
        CapacityUse one = Use("calls/anna", 1);
        Decision first = await ReserveAsync(bench.Node(), bench, one);
        DecisionStore node = bench.Node();
        Decision denied = await ReserveAsync(node, bench, one);
        DateTimeOffset promised = WholeMillisecond(first.ReservationExpireTime!.Value) + Margin;
        Assert.Equal((DecisionKind.NoAction, promised), (denied.Kind, denied.NextEligibleTime));
        Assert.Equal(promised, Assert.Single((await node.GetAsync(denied.Id!.Value))!.Plan.CapacityShortages).BackTime);
        CapacityQuote quote = Assert.Single(node.Capacities.QuotesOf([one]));
        Assert.Equal((0L, 1L), (quote.Left, quote.AskedUnits));
        Assert.Equal([new CapacityReturn(promised, 1)], quote.Returns);

        // The clock of a server runs: what was answered before the instant says so itself.
        foreach (double seconds in new[] { 420, 60, 5, 1, 0.2 })
        {
            bench.SetClock(promised - TimeSpan.FromSeconds(seconds));
            Decision before = await ReserveAsync(bench.Node(), bench, one);
            if (before.CapClockTime >= promised) break;
            Assert.Equal((DecisionKind.NoAction, promised), (before.Kind, before.NextEligibleTime));
        }

        bench.SetClock(promised);
        Assert.Equal(DecisionKind.Action, (await ReserveAsync(bench.Node(), bench, one)).Kind);
    }

    /// <summary>What a node has leased and does not spend, because it is gone, comes back when its lease is over.</summary>
    [Fact]
    public async Task LeasedAndNotSpent_ComesBackWhenTheLeaseIsOver()
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse pool = Use("calls/anna", 16), all = pool with { Units = 15 };
        Decision first = await ReserveAsync(bench.Node(), bench, pool);
        Decision denied = await ReserveAsync(bench.Node(), bench, all);
        DateTimeOffset promised = denied.NextEligibleTime!.Value;
        Assert.InRange(promised, first.CapClockTime + Margin, first.CapClockTime + (2 * Margin) + TimeSpan.FromMilliseconds(1));
        bench.SetClock(promised);
        Assert.Equal(DecisionKind.Action, (await ReserveAsync(bench.Node(), bench, all)).Kind);
    }

    /// <summary>Both have to be there: the later one counts, and the caps beside.</summary>
    [Fact]
    public async Task SeveralShort_TheLastOneCounts()
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse calls = Use("calls/anna", 1), budget = Use("budget/all", 5, 5);
        Decision first = await ReserveAsync(bench.Node(), bench, calls);
        bench.SetClock(Start.AddMinutes(4));
        Decision second = await ReserveAsync(bench.Node(), bench, budget);
        Decision denied = await ReserveAsync(bench.Node(), bench, calls, budget);
        Assert.Equal(WholeMillisecond(second.ReservationExpireTime!.Value) + Margin, denied.NextEligibleTime);
        Assert.Equal(2, denied.Plan.CapacityShortages.Count);
        Assert.Equal(WholeMillisecond(first.ReservationExpireTime!.Value) + Margin, denied.Plan.CapacityShortages[0].BackTime);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Released_ComesBackAtOnce_AndOnce(bool isGarnet, bool isLeaseOver)
    {
        await using CapacityBench bench = await StartAsync(isGarnet);
        CapacityUse one = Use("calls/anna", 1);
        DecisionStore node = bench.Node(), other = bench.Node();
        Decision first = await ReserveAsync(node, bench, one);
        if (isLeaseOver) bench.SetClock(Start + LeasesOver);
        Assert.Equal(DecisionKind.NoAction, (await ReserveAsync(other, bench, one)).Kind);
        for (int again = 0; again < 2; again++)
            Assert.Equal(ReleaseOutcome.Released, (await node.ReleaseAsync(first.Id!.Value)).Outcome);
        Assert.Equal(DecisionKind.Action, (await ReserveAsync(other, bench, one)).Kind);
        Assert.Equal(DecisionKind.NoAction, (await ReserveAsync(bench.Node(), bench, one)).Kind);
    }

    /// <summary>A release while another node looks at the lease: what it saw is old, and not written down.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReleasedUnderALook_IsNotLost(bool isGuardTakenOut)
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse one = Use("calls/anna", 1);
        DecisionStore node = bench.Node();
        Decision first = await ReserveAsync(node, bench, one);
        bench.SetClock(Start + LeasesOver);
        LuaScript blind = new LuaScript("settle").Without("redis.call('HGET', KEYS[1], 'l:' .. ARGV[1]) ~= ARGV[2]", "false");
        DecisionStore other = bench.Node(settle: isGuardTakenOut ? blind : null);
        other.Capacities.Leases.BetweenLookAndSettle = async () => await node.ReleaseAsync(first.Id!.Value);
        Assert.Equal(isGuardTakenOut ? DecisionKind.NoAction : DecisionKind.Action, (await ReserveAsync(other, bench, one)).Kind);
    }

    /// <summary>A lease is looked at after a release, and before its units are told to come back: they come back once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LookedAtBetweenReleaseAndReturn_ComesBackOnce(bool isGuardTakenOut)
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse pool = Use("calls/anna", 16);
        LuaScript blind = new LuaScript("unlease").Without("if expiry == '0' then", "if false then");
        DecisionStore node = bench.Node(unlease: isGuardTakenOut ? blind : null);
        Decision first = await ReserveAsync(node, bench, pool);
        Assert.Equal(DecisionKind.Action, (await ReserveAsync(node, bench, pool)).Kind);
        bench.SetClock(Start + LeasesOver);
        var keys = new PartitionKeys(first.Id!.Value.Partition);
        string request = first.Id.Value.Request.ToString("D");
        var parts = (RedisResult[])(await DecisionScripts.Default.Release.RunAsync(
            bench.Redis, [keys.Caps(first.Customer.Value), keys.Decision(request)],
            [request, CapTime.ToMicros(Start + LeasesOver - TimeProvider.System.GetUtcNow())]))!;
        // Sixteen at once are not there, but all leases that are over are looked at for them.
        Assert.Equal(DecisionKind.NoAction, (await ReserveAsync(bench.Node(), bench, pool with { Units = 16 })).Kind);
        await node.Capacities.Leases.ReleaseAsync((string)parts[1]!, CancellationToken.None);
        Assert.Equal(isGuardTakenOut ? 16 : 15, await CountAsync(bench, pool));
    }

    /// <summary>Each of the outcomes a touch may have, told in any order and again: what failed and never left is there again.</summary>
    [Theory]
    [Trait("Rule", "C3")]
    [InlineData(false, 51)]
    [InlineData(false, 52)]
    [InlineData(true, 53)]
    public async Task Failed_GivesItsUnitBack_WhateverTheOrder(bool isGarnet, int seed)
    {
        await using CapacityBench bench = await StartAsync(isGarnet);
        var random = new Random(seed);
        CapacityUse pool = Use("calls/anna", 30);
        TouchEvidence[][] stories =
        [
            [TouchEvidence.Failed], [TouchEvidence.Failed], [TouchEvidence.Sent, TouchEvidence.Failed], [TouchEvidence.Sent], [],
            [TouchEvidence.Failed, TouchEvidence.Delivered], [TouchEvidence.Shown, TouchEvidence.Failed, TouchEvidence.Sent],
        ];
        var told = new List<(Decision Decision, TouchEvidence Evidence)>();
        DecisionStore node = bench.Node();
        int left = 0;
        for (int i = 0; i < 30; i++)
        {
            Decision decision = await ReserveAsync(node, bench, pool);
            TouchEvidence[] story = random.GetItems(stories, 1)[0];
            if (random.Next(6) == 0) continue;
            Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Node().ConfirmAsync(decision.Id!.Value)).Outcome);
            if (story is not [TouchEvidence.Failed]) left++;
            foreach (TouchEvidence evidence in story) told.AddRange(Enumerable.Repeat((decision, evidence), random.Next(1, 3)));
        }

        // Some are heard while the lease lasts, the rest long after it was settled.
        (Decision Decision, TouchEvidence Evidence)[] shuffled = [.. told];
        random.Shuffle(shuffled);
        foreach (var (decision, evidence) in shuffled[..(shuffled.Length / 2)]) await bench.HearAsync(decision, evidence);
        bench.SetClock(Start.AddHours(1));
        Decision between = await ReserveAsync(bench.Node(), bench, pool);
        if (between.Kind == DecisionKind.Action) await bench.Node().ReleaseAsync(between.Id!.Value);
        foreach (var (decision, evidence) in shuffled[(shuffled.Length / 2)..]) await bench.HearAsync(decision, evidence);
        Assert.Equal(30 - left, await CountAsync(bench, pool));
    }

    [Fact]
    [Trait("Rule", "C3")]
    public async Task FailedToldTwice_WithoutItsGuard_GivesTwoUnitsBack()
    {
        await using CapacityBench bench = await StartAsync();
        LuaScript blind = new LuaScript("restore").Without("if string.find(heard, ARGV[3], 1, true) then", "if false then")
            .Without("if has_failed(heard) then", "if false then");
        CapacityUse pool = Use("calls/anna", 1);
        Decision first = await ReserveAsync(bench.Node(), bench, pool);
        await bench.Node().ConfirmAsync(first.Id!.Value);
        for (int again = 0; again < 2; again++) await bench.HearAsync(first, TouchEvidence.Failed, blind);
        Assert.Equal(2, await CountAsync(bench, pool));
    }

    /// <summary>Before it was confirmed it cannot have failed: what is only reserved comes back by itself, and not twice.</summary>
    [Fact]
    [Trait("Rule", "C3")]
    public async Task FailedUnconfirmed_ChangesNothing()
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse pool = Use("calls/anna", 1);
        Decision first = await ReserveAsync(bench.Node(), bench, pool);
        await bench.HearAsync(first, TouchEvidence.Failed);
        Assert.Equal(DecisionKind.NoAction, (await ReserveAsync(bench.Node(), bench, pool)).Kind);
        bench.SetClock(Start.AddHours(1));
        Assert.Equal(1, await CountAsync(bench, pool));
    }

    private static async Task<Decision> ReserveAsync(DecisionStore node, CapacityBench bench, params CapacityUse[] uses) =>
        (await node.ReserveAsync(bench.Plan(bench.NextCustomer(), Candidate(uses)))).Decision!;

    /// <summary>How many units can be reserved one after the other.</summary>
    private static async Task<int> CountAsync(CapacityBench bench, CapacityUse pool)
    {
        DecisionStore node = bench.Node();
        for (int count = 0; ; count++)
            if ((await ReserveAsync(node, bench, pool)).Kind == DecisionKind.NoAction) return count;
    }

    private static DateTimeOffset WholeMillisecond(DateTimeOffset time) => CapTime.ToWholeMillisecond(time);
}
