using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using Xunit.Sdk;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Reservations whose caps were asked before Redis was: they hold while nothing came between, and only then.</summary>
public sealed class ExpectedReservationTests : IAsyncLifetime
{
    private static readonly CapUse OneAWeek = Cap("week/all", 1, TimeSpan.FromDays(7));
    private ServerOrMemory? _server;

    public async Task InitializeAsync() => _server = await ServerOrMemory.StartAsync("redis-server, read first");

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Fact]
    public async Task NothingComesBetween_CapsAreNotAskedAgain()
    {
        DecisionScripts scripts = DecisionScripts.Default with { Reserve = DecisionScripts.Default.Reserve.Without("-- Step 1", "error('asked')") };
        await using StoreBench bench = await _server!.OpenAsync(scripts);
        bench.SetClock(Start);
        Candidate mail = Candidate(OneAWeek) with { Action = "mail" };
        Candidate card = Candidate(Cap("card/all", 2, TimeSpan.FromDays(1))) with { Action = "card" };
        Decision[] made =
        [
            (await bench.Store.ReserveAsync(Plan(1, mail, card))).Decision!,
            (await bench.Store.ReserveAsync(Plan(2, mail, card))).Decision!,
            (await bench.Store.ReserveAsync(Plan(3, mail, card))).Decision!,
            (await bench.Store.ReserveAsync(Plan(4, mail, card))).Decision!,
            (await bench.Store.ReserveAsync(Plan(5))).Decision!,
        ];
        Assert.Equal(["mail", "card", "card", "", ""], made.Select(decision => decision.Action));
        Assert.Equal([0, 1, 1, 2, 0], made.Select(decision => decision.CapRejections.Count));
        foreach (Decision decision in made)
        {
            Decision kept = (await bench.Store.GetAsync(decision.Id!.Value))!;
            Assert.Equal(decision.CapRejections, kept.CapRejections);
            Assert.Equal(
                (decision.Action, decision.Status, decision.CapClockTime, decision.ReservationExpireTime, decision.NextEligibleTime),
                (kept.Action, kept.Status, kept.CapClockTime, kept.ReservationExpireTime, kept.NextEligibleTime));
            Assert.Equal(decision.Plan.Rejections, kept.Plan.Rejections);
        }
    }

    [Theory]
    [InlineData("    and table.concat(redis.call('HGETALL', KEYS[k]), '\\n') == ARGV[v + 3]\n", nameof(TouchBetweenAsync))]
    [InlineData("    and (redis.call('GET', KEYS[k + 3]) or '') == ARGV[v + 2]\n", nameof(SuppressionBetweenAsync))]
    [InlineData("    and redis.call('EXISTS', KEYS[k + 1]) == 0\n", nameof(RetryAsync))]
    [InlineData(" and now < till", nameof(HourBetweenAsync))]
    [InlineData("now >= from and ", nameof(ClockBehindAsync))]
    public async Task GuardTakenOut_CheckFails(string guard, string check)
    {
        DecisionScripts mutant = DecisionScripts.Default with { Expected = DecisionScripts.Default.Expected.Without(guard) };
        Func<StoreBench, Task> run = CheckNamed(check);
        await using (StoreBench bench = await _server!.OpenAsync()) await run(bench);
        await using (StoreBench bench = await _server!.OpenAsync(mutant)) await Assert.ThrowsAnyAsync<XunitException>(() => run(bench));
    }

    private static async Task TouchBetweenAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        Between(bench, () => bench.Server!.ReserveAsync(Plan(1, Candidate(OneAWeek))));
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(2, Candidate(OneAWeek)))).Decision!.Kind);
        Assert.Single((await bench.Store.ReadAsync(Customer)).Caps.StampsOf(OneAWeek.Key));
    }

    private static async Task SuppressionBetweenAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.SetStateAsync(Customer, State());
        Between(bench, () => new CustomerStore(bench.Redis!, new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, StoreBench.Partitions)
            .SuppressAsync(Customer, found => found.With([Core.Events.Channel.Email], Start)));
        Assert.Equal(ReserveOutcome.Outdated, (await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)))).Outcome);
    }

    private static async Task RetryAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        Assert.Equal(ReserveOutcome.Decided, (await bench.Store.ReserveAsync(Plan(1))).Outcome);
        Assert.Equal(ReserveOutcome.Repeated, (await bench.Store.ReserveAsync(Plan(1))).Outcome);
        Assert.Equal(ReserveOutcome.RequestIdReused, (await bench.Store.ReserveAsync(Plan(Request(1), "other hash"))).Outcome);
    }

    /// <summary>The window ends between reading and reserving: the place is free by then.</summary>
    private static async Task HourBetweenAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        Candidate receipt = Candidate(OneAWeek with { IsEnforced = false }) with { IsTransactional = true };
        await bench.Store.ReserveAsync(Plan(1, receipt));
        await bench.SetStateAsync(Customer, State());
        Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
        Between(bench, () => Task.Run(() => bench.SetClock(Start.AddDays(8))));
        Assert.Equal(DecisionKind.Action, (await bench.Store.ReserveAsync(Plan(2, Candidate(OneAWeek)))).Decision!.Kind);
    }

    /// <summary>The clock of the caps stands before the instant from which on a place is free.</summary>
    private static async Task ClockBehindAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)));
        await bench.SetStateAsync(Customer, State());
        Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
        bench.SetClock(Start.AddDays(8));
        Between(bench, () => Task.Run(() => bench.SetClock(Start.AddDays(6))));
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(2, Candidate(OneAWeek)))).Decision!.Kind);
    }

    private static void Between(StoreBench bench, Func<Task> happens) => ((ReadFirstStore)bench.Store).BetweenReadAndReserve = happens;

    private static Func<StoreBench, Task> CheckNamed(string name) =>
        typeof(ExpectedReservationTests).GetMethod(name, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .CreateDelegate<Func<StoreBench, Task>>();
}
