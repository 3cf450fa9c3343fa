using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using Xunit.Sdk;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>
/// A suppression that comes between two steps of the decision path holds for the decision under way (rule C1), on both
/// servers; and without the guard that sees to it, these checks fail.
/// </summary>
[Trait("Rule", "C1")]
public sealed class SuppressionTests
{
    private static readonly CapUse OneAWeek = Cap("week/all", 1, TimeSpan.FromDays(7));

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Suppressed_BetweenTheSteps_Holds(string kind)
    {
        await using ServerOrMemory server = await ServerOrMemory.StartAsync(kind);
        await using (StoreBench bench = await server.OpenAsync()) await BetweenFenceAndConfirmAsync(bench);
        await using (StoreBench bench = await server.OpenAsync()) await BetweenPlanAndReserveAsync(bench);
    }

    [Fact]
    public async Task GuardTakenOut_CheckFails()
    {
        await using ServerOrMemory server = await ServerOrMemory.StartAsync("redis-server");
        DecisionScripts scripts = DecisionScripts.Default;
        DecisionScripts confirm = scripts with { Confirm = scripts.Confirm.Without(" or suppression ~= ARGV[5]") };
        await using (StoreBench bench = await server.OpenAsync(confirm))
            await Assert.ThrowsAnyAsync<XunitException>(() => BetweenFenceAndConfirmAsync(bench));
        DecisionScripts reserve = scripts with
        {
            Reserve = scripts.Reserve.Without("if (redis.call('GET', KEYS[5]) or '') ~= ARGV[9] then", "if false then"),
        };
        await using (StoreBench bench = await server.OpenAsync(reserve))
            await Assert.ThrowsAnyAsync<XunitException>(() => BetweenPlanAndReserveAsync(bench));
    }

    private static async Task BetweenFenceAndConfirmAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.SetStateAsync(Customer, State());
        await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)));
        DecisionStore store = bench.Server!;
        store.BetweenFenceAndConfirm = () => SuppressAsync(bench);
        Assert.Equal(ConfirmOutcome.ConsentWithdrawn, (await store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
        Assert.Equal(DecisionStatus.Reserved, (await store.GetAsync(Plan(1).Id!.Value))!.Status);
    }

    private static async Task BetweenPlanAndReserveAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.SetStateAsync(Customer, State());
        DecisionPlan plan = Plan(1, Candidate(OneAWeek));
        await SuppressAsync(bench);
        Assert.Equal(ReserveOutcome.Outdated, (await bench.Store.ReserveAsync(plan)).Outcome);
        Assert.Null(await bench.Store.GetAsync(plan.Id!.Value));
        CustomerSnapshot now = await bench.Store.ReadAsync(Customer);
        Assert.Equal(Core.State.Consent.Withdrawn, now.State!.Facts.ConsentOf(Channel.Email));
        Assert.Empty(now.Caps.StampsOf(OneAWeek.Key));
        DecisionPlan aware = plan with { Inputs = new DecisionInputs([], now.Source) };
        Assert.Equal(ReserveOutcome.Decided, (await bench.Store.ReserveAsync(aware)).Outcome);
    }

    private static Task SuppressAsync(StoreBench bench) =>
        new CustomerStore(bench.Redis!, new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, StoreBench.Partitions)
            .SuppressAsync(Customer, found => found.With([Channel.Email], Start));
}
