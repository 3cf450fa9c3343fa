using System.Collections.Concurrent;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using static WinBack.IntegrationTests.Caps.CapacityBench;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Scarce capacities over many customers, on several nodes and a real redis-server.</summary>
public sealed class CapacityTests
{
    /// <summary>After this every lease is over and may be settled.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(30);

    /// <summary>
    /// 64 callers on four nodes, customers and capacities mixed: some retry on another node, some release, some crash between
    /// deciding and confirming, and a node crashes with its leases. Nothing is ever over-spent; and when the leases are settled,
    /// what was not spent is there again, to the last unit.
    /// </summary>
    [Theory]
    [Trait("Rule", "C6")]
    [InlineData(31)]
    [InlineData(32)]
    public async Task ManyCallers_RetriesAndCrashes_NothingIsOverspent_AndNothingIsLost(int seed)
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse[] pools = [Use("calls/anna", 20), Use("calls/ben", 20), Use("budget/all", 3_000_000, 70_000)];
        DecisionStore[] nodes = [bench.Node(), bench.Node(), bench.Node(), bench.Node()];
        var decided = new ConcurrentBag<Decision>();
        var failed = new ConcurrentDictionary<DecisionId, bool>();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(
            () => CallAsync(bench, nodes, pools, new Random((seed * 1_000) + caller), decided, failed))));
        await AssertWithinAsync(nodes[0], decided, failed, pools);

        // Nodes 0 to 2 end; node 3 is gone without a word. Later, everything that was not confirmed can be spent.
        foreach (DecisionStore node in nodes[..3]) await node.Capacities.CloseAsync();
        bench.SetClock(Start + Settled);
        DecisionStore next = bench.Node();
        foreach (CapacityUse pool in pools)
        {
            while (true)
            {
                Decision decision = (await next.ReserveAsync(bench.Plan(decided.Count, Candidate(pool)))).Decision!;
                if (decision.Kind == DecisionKind.NoAction) break;
                Assert.Equal(ConfirmOutcome.Confirmed, (await next.ConfirmAsync(decision.Id!.Value)).Outcome);
                decided.Add(decision);
            }
        }

        foreach (CapacityUse pool in pools)
            Assert.InRange(await SpentAsync(next, decided, failed, pool, DecisionStatus.Confirmed), pool.Limit - pool.Units + 1, pool.Limit);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public async Task AllConfirmed_IsARejectionUntilThePeriodEnds()
    {
        await using CapacityBench bench = await StartAsync();
        DecisionStore node = bench.Node();
        CapacityUse one = Use("calls/anna", 1);
        Candidate mail = Touches.Candidate() with { Action = "mail" };
        Decision first = (await node.ReserveAsync(bench.Plan(1, Candidate(one), mail))).Decision!;
        Assert.Equal("act", first.Action);
        await node.ConfirmAsync(first.Id!.Value);

        // The next best one needs no unit.
        Decision second = (await node.ReserveAsync(bench.Plan(2, Candidate(one), mail))).Decision!;
        Assert.Equal("mail", second.Action);
        Decision third = (await bench.Node().ReserveAsync(bench.Plan(3, Candidate(one)))).Decision!;
        Assert.Equal((DecisionKind.NoAction, one.End), (third.Kind, third.NextEligibleTime));
        foreach (Decision decision in new[] { second, third, (await node.GetAsync(third.Id!.Value))! })
        {
            Rejection rejection = Assert.Single(decision.Plan.Rejections, r => r.Stage == EligibilityStage.Capacity);
            Assert.Equal(
                ("C6 calls/anna", "0 left", "at least 1 of 1 a period", (DateTimeOffset?)one.End),
                (rejection.Rule, rejection.Observed, rejection.Threshold, rejection.EligibleTime));
        }
    }

    [Theory]
    [Trait("Rule", "C6")]
    [InlineData("release")]
    [InlineData("expire")]
    public async Task UnitNotSpent_ComesBackWhenItsLeaseIsSettled(string how)
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse one = Use("calls/anna", 1);
        DecisionStore node = bench.Node();
        Decision first = (await node.ReserveAsync(bench.Plan(1, Candidate(one)))).Decision!;
        if (how == "release") await node.ReleaseAsync(first.Id!.Value);
        bench.SetClock(Start + Settled);
        Decision second = (await bench.Node().ReserveAsync(bench.Plan(2, Candidate(one)))).Decision!;
        Assert.Equal(DecisionKind.Action, second.Kind);
        Assert.NotEqual(ConfirmOutcome.Confirmed, (await node.ConfirmAsync(first.Id!.Value)).Outcome);
        Assert.Equal(ConfirmOutcome.Confirmed, (await node.ConfirmAsync(second.Id!.Value)).Outcome);

        // Confirmed is spent for good.
        bench.SetClock(Start + Settled + Settled);
        Assert.Equal(DecisionKind.NoAction, (await bench.Node().ReserveAsync(bench.Plan(3, Candidate(one)))).Decision!.Kind);
    }

    /// <summary>A node stood still for longer than its lease; meanwhile its units went to another.</summary>
    [Theory]
    [Trait("Rule", "C6")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NodeThatStoodStill_SpendsNothingOfAnExpiredLease(bool isGuardTakenOut)
    {
        await using CapacityBench bench = await StartAsync();
        CapacityUse two = Use("calls/anna", 16);
        var blind = DecisionScripts.Default with
        {
            Reserve = new LuaScript("ledger", "reserve").Without("return {'lapsed'}", "-- the guard"),
        };
        DecisionStore slow = bench.Node(isGuardTakenOut ? blind : null);
        // An eighth is leased: one of two units is spent, and one is left to it.
        await slow.ReserveAsync(bench.Plan(1, Candidate(two)));
        bench.SetClock(Start + Settled);
        DecisionStore quick = bench.Node();
        for (int i = 0; i < 16; i++)
            Assert.Equal(DecisionKind.Action, (await quick.ReserveAsync(bench.Plan(i, Candidate(two)))).Decision!.Kind);
        Decision late = (await slow.ReserveAsync(bench.Plan(20, Candidate(two)))).Decision!;
        Assert.Equal(isGuardTakenOut ? DecisionKind.Action : DecisionKind.NoAction, late.Kind);
    }

    /// <summary>Without the comparison with what is left, the checks above would find too much spent.</summary>
    [Fact]
    public async Task LeaseWithoutItsGuard_Overspends()
    {
        await using CapacityBench bench = await StartAsync();
        DecisionStore node = bench.Node(lease: new LuaScript("lease").Without("needed > 0 and needed <= left", "needed > 0"));
        CapacityUse one = Use("calls/anna", 1);
        for (int i = 0; i < 2; i++)
            Assert.Equal(DecisionKind.Action, (await node.ReserveAsync(bench.Plan(i, Candidate(one)))).Decision!.Kind);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public async Task Prices_AreLearnedFromWhatIsAsked_AndFallWithTheRestOfThePeriod()
    {
        await using CapacityBench bench = await StartAsync();
        DecisionStore node = bench.Node();
        var clock = new StandingClock { Time = Start.AddDays(1) };
        var demand = new CapacityDemand(
            bench.Redis, new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, node.Capacities, clock);
        CapacityUse use = Use("calls/anna", 10);
        await node.ReserveAsync(bench.Plan(1, Candidate(use)));
        // A hundred a day, worth 1 to 100: of 600 to come in the rest of the week, the nine best are worth about 99.
        for (int worth = 1; worth <= 100; worth++)
            demand.Count(bench.Plan(worth) with
            {
                DecideTime = clock.Time.AddHours(-1), CapacityAsks = [new CapacityAsk(use.Pool, 1, worth * 1_000_000.0)],
            });
        await demand.RefreshAsync();
        CapacityQuote early = Assert.Single(node.Capacities.QuotesOf([use]));
        Assert.InRange(early.Price, 94_000_000, 100_000_000);
        Assert.Equal(9, early.Left);

        clock.Time = use.End.AddMinutes(-30);
        await demand.RefreshAsync();
        Assert.Equal(0, Assert.Single(node.Capacities.QuotesOf([use])).Price);
    }

    private static async Task CallAsync(
        CapacityBench bench, DecisionStore[] nodes, CapacityUse[] pools, Random random, ConcurrentBag<Decision> decided,
        ConcurrentDictionary<DecisionId, bool> failed)
    {
        for (int i = 0; i < 4; i++)
        {
            CapacityUse[] uses = random.GetItems(pools, 1 + random.Next(2)).Distinct().ToArray();
            DecisionPlan plan = bench.Plan(random.Next(50), Candidate(uses));
            Decision decision = (await nodes[random.Next(4)].ReserveAsync(plan)).Decision!;
            if (random.Next(3) == 0)
            {
                // The answer was lost: the same request again, on whatever node.
                Decision again = (await nodes[random.Next(4)].ReserveAsync(plan)).Decision!;
                Assert.Equal(decision.Kind, again.Kind);
            }

            decided.Add(decision);
            if (decision.Kind == DecisionKind.NoAction) continue;
            switch (random.Next(4))
            {
                case 0: await nodes[random.Next(4)].ReleaseAsync(decision.Id!.Value); break;
                case 1: break;
                default:
                    Assert.Equal(ConfirmOutcome.Confirmed, (await nodes[random.Next(4)].ConfirmAsync(decision.Id!.Value)).Outcome);
                    if (random.Next(4) == 0) await FailAsync(bench, decision, random, failed);
                    break;
            }
        }
    }

    /// <summary>Told twice, as after a crash. From before it is told on, the units may be somebody else's.</summary>
    private static async Task FailAsync(CapacityBench bench, Decision decision, Random random, ConcurrentDictionary<DecisionId, bool> failed)
    {
        failed.TryAdd(decision.Id!.Value, true);
        for (int again = random.Next(2); again >= 0; again--) await bench.HearAsync(decision, TouchEvidence.Failed);
    }

    private static async Task AssertWithinAsync(
        DecisionStore node, IReadOnlyCollection<Decision> decided, ConcurrentDictionary<DecisionId, bool> failed, CapacityUse[] pools)
    {
        foreach (CapacityUse pool in pools)
        {
            long spent = await SpentAsync(node, decided, failed, pool, DecisionStatus.Confirmed, DecisionStatus.Reserved);
            Assert.InRange(spent, 1, pool.Limit);
        }
    }

    private static async Task<long> SpentAsync(
        DecisionStore node, IReadOnlyCollection<Decision> decided, ConcurrentDictionary<DecisionId, bool> failed, CapacityUse pool,
        params DecisionStatus[] statuses)
    {
        long spent = 0;
        foreach (Decision decision in decided.Where(d => d.Chosen is not null && !failed.ContainsKey(d.Id!.Value)))
        {
            Decision now = (await node.GetAsync(decision.Id!.Value))!;
            if (statuses.Contains(now.Status)) spent += now.Chosen!.Capacities.Where(u => u.Key == pool.Key).Sum(u => u.Units);
        }

        return spent;
    }

    private sealed class StandingClock : TimeProvider
    {
        internal DateTimeOffset Time { get; set; }

        public override DateTimeOffset GetUtcNow() => Time;
    }
}
