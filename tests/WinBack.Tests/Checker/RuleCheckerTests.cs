using System.Collections.Concurrent;
using WinBack.Adapters;
using WinBack.Adapters.InMemory;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Testing.Checker;
using Xunit.Abstractions;

namespace WinBack.Tests.Checker;

/// <summary>
/// Random programmes (events, decisions, confirmations, releases, outcomes, clock moves, playbook swaps) through the engine
/// with stores in memory; the log of each is read by a checker that shares nothing with the engine. WINBACK_CHECKER_SEEDS
/// says how many: thousands of them for a night.
/// </summary>
public sealed class RuleCheckerTests(ITestOutputHelper output)
{
    private const int Steps = 120;

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("WINBACK_CHECKER_SEEDS"), out int seeds) ? seeds : 2_000;

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3")]
    [Trait("Rule", "C4")]
    [Trait("Rule", "C5")]
    [Trait("Rule", "C7")]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    [Trait("Rule", "S3")]
    [Trait("Rule", "S4")]
    [Trait("Rule", "S5")]
    [Trait("Rule", "S6")]
    [Trait("Rule", "S7")]
    [Trait("Rule", "L3")]
    [Trait("Rule", "L4")]
    [Trait("Rule", "L5")]
    public void RandomProgrammes_BreakNoRule()
    {
        var violations = new ConcurrentQueue<string>();
        int touches = 0;
        Parallel.For(0, Seeds, seed =>
        {
            RuleChecker checker = Run(seed, store => store);
            Interlocked.Add(ref touches, checker.ConfirmedTouches);
            foreach (string violation in checker.Violations) violations.Enqueue($"seed {seed}: {violation}");
        });
        output.WriteLine($"{Seeds} programmes, {touches} touches sent");
        Assert.True(violations.IsEmpty, string.Join('\n', violations.Take(20)));
        Assert.True(touches > Seeds, $"only {touches} touches");
    }

    /// <summary>Engines with something broken: the checker must see it.</summary>
    [Theory]
    [InlineData("C1", "stale states")]
    [InlineData("C7", "stale states")]
    [InlineData("S3", "stale states")]
    [InlineData("C2", "no caps")]
    [InlineData("C4", "clock at noon")]
    [InlineData("S1", "no caps")]
    [InlineData("C3", "clock at noon")]
    [InlineData("S5", "no caps")]
    [InlineData("S6", "no caps")]
    [InlineData("L4", "stale states")]
    public void SomethingBroken_IsSeen(string rule, string what)
    {
        for (int seed = 0; seed < 300; seed++)
            if (Run(seed, store => new BrokenStore(store, what), what).Violations.Any(v => v.StartsWith(rule, StringComparison.Ordinal))) return;
        Assert.Fail($"with {what} nothing broke {rule}");
    }

    private static RuleChecker Run(int seed, Func<InMemoryDecisionStore, IDecisionStore> around, string broken = "")
    {
        var states = new Dictionary<CustomerId, byte[]>();
        var told = new Dictionary<CustomerId, int>();
        var clock = new SteppedClock { StandsAtNoon = broken == "clock at noon" };
        var store = new InMemoryDecisionStore(customer => states.GetValueOrDefault(customer), clock);
        var programme = new RandomProgramme(
            seed, around(store),
            (customer, blob) =>
            {
                // A customer is known from two events on; what happens afterwards, nobody hears of.
                int known = told[customer] = told.GetValueOrDefault(customer) + 1;
                if (broken != "stale states" || known <= 2) states[customer] = blob;
                return Task.CompletedTask;
            },
            time => clock.Time = time);
        programme.RunAsync(Steps).GetAwaiter().GetResult();
        return programme.Checker!;
    }

    private sealed class SteppedClock : TimeProvider
    {
        internal DateTimeOffset Time { get; set; }

        /// <summary>The time of day stands still: no window closes, and nothing expires within a day.</summary>
        internal bool StandsAtNoon { get; init; }

        public override DateTimeOffset GetUtcNow() => StandsAtNoon ? Time.Date.AddHours(12) : Time;
    }

    /// <summary>Passes everything on, but may forget what counts.</summary>
    private sealed class BrokenStore(IDecisionStore store, string what) : IDecisionStore
    {
        public Task<CustomerSnapshot> ReadAsync(CustomerId customer, CancellationToken cancellationToken = default) =>
            store.ReadAsync(customer, cancellationToken);

        /// <summary>The limits stand in the log, and the ledger is asked for windows that are never full.</summary>
        public async Task<ReserveReply> ReserveAsync(DecisionPlan plan, CancellationToken cancellationToken = default)
        {
            if (what != "no caps") return await store.ReserveAsync(plan, cancellationToken);
            ReserveReply reply = await store.ReserveAsync(plan with { Ranking = plan.Ranking.Select(Uncapped).ToArray() }, cancellationToken);
            Decision made = reply.Decision!;
            return reply with { Decision = made with { Plan = plan, Chosen = plan.Ranking.FirstOrDefault(c => c.Action == made.Action) } };
        }

        public Task<ConfirmReply> ConfirmAsync(DecisionId id, CancellationToken cancellationToken = default) =>
            store.ConfirmAsync(id, cancellationToken);

        public Task<ReleaseReply> ReleaseAsync(DecisionId id, CancellationToken cancellationToken = default) =>
            store.ReleaseAsync(id, cancellationToken);

        public Task<int> HearAsync(
            CustomerId customer, IReadOnlyList<TouchOutcome> outcomes, CancellationToken cancellationToken = default) =>
            store.HearAsync(customer, outcomes, cancellationToken);

        public Task<Decision?> GetAsync(DecisionId id, CancellationToken cancellationToken = default) => store.GetAsync(id, cancellationToken);

        private static Candidate Uncapped(Candidate candidate) =>
            candidate with { Caps = candidate.Caps.Select(cap => cap with { IsEnforced = false }).ToArray() };
    }
}
