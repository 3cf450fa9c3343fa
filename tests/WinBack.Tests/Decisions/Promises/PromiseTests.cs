using WinBack.Tests.Policy;
using Xunit.Abstractions;

namespace WinBack.Tests.Decisions.Promises;

/// <summary>
/// next_eligible_time is exact, to the microsecond, whatever turned the customer down: random playbooks of caps, calendars, send
/// windows, sequences, offers, scarce capacities, priorities, experiments and the holdout, and random lives under them.
/// </summary>
public sealed class PromiseTests(ITestOutputHelper output)
{
    private const int Seeds = 4, Rounds = 60;

    [Fact]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C4")]
    [Trait("Rule", "C6")]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S4")]
    [Trait("Rule", "S6")]
    public async Task NothingBefore_AndSomethingAt_NextEligibleTime()
    {
        int kept = 0, never = 0;
        var rules = new SortedSet<string>(StringComparer.Ordinal);
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var random = new Random(seed);
            for (int round = 0; round < Rounds; round++)
            {
                var life = new PromisedLife(random, TestPlaybook.Model(RandomPolicy.Of(random)), $"seed {seed} round {round}");
                await life.RunAsync(30);
                (kept, never) = (kept + life.Kept, never + life.Never);
                rules.UnionWith(life.Rules);
            }
        }

        output.WriteLine($"{kept} promises kept, {never} times never; by {string.Join(", ", rules)}");
        Assert.True(kept > 600 && never > 40, $"{kept} kept, {never} never");
        foreach (string rule in new[] { "Cap C2", "Capacity C6", "Window C4", "Lapse L4", "Step S1", "Sequence S1", "Sequence S4", "Offer S6" })
            Assert.Contains(rule, rules);
    }
}
