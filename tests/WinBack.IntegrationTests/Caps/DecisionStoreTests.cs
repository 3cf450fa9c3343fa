using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Policy;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>The three stores, each held to all of <see cref="StoreChecks"/>.</summary>
public sealed class DecisionStoreTests
{
    [Theory]
    [InlineData("memory")]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    [InlineData("redis-server, read first")]
    [InlineData("garnet, read first")]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C3")]
    [Trait("Rule", "C4")]
    public async Task Store_DoesAllThatAStoreMust(string kind)
    {
        await using ServerOrMemory servers = await ServerOrMemory.StartAsync(kind);
        foreach (Func<StoreBench, Task> check in All())
        {
            await using StoreBench bench = await servers.OpenAsync();
            await check(bench);
        }
    }

    [Theory]
    [InlineData("memory", 21)]
    [InlineData("memory", 22)]
    [InlineData("memory", 24)]
    [InlineData("memory", 26)]
    [InlineData("redis-server", 22)]
    [InlineData("redis-server", 23)]
    [InlineData("redis-server", 26)]
    [InlineData("garnet", 25)]
    [InlineData("garnet", 28)]
    [InlineData("redis-server, read first", 22)]
    [InlineData("redis-server, read first", 23)]
    [InlineData("redis-server, read first", 29)]
    [InlineData("garnet, read first", 30)]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3")]
    public async Task RandomTimes_AgreeWithTheNaiveLog(string kind, int seed)
    {
        await using ServerOrMemory servers = await ServerOrMemory.StartAsync(kind);
        await using StoreBench bench = await servers.OpenAsync();
        await RandomTouches.RunAsync(bench, seed, steps: 1_500);
    }

    [Fact]
    public async Task Keys_OfDecisionsAndCaps_EndByThemselves()
    {
        await using ServerOrMemory server = await ServerOrMemory.StartAsync("redis-server");
        await using StoreBench bench = await server.OpenAsync();
        var keys = new PartitionKeys(Plan(1).Id!.Value.Partition);
        CapUse week = Cap("week/all", 1, TimeSpan.FromDays(7));
        for (int i = 1; i <= 2; i++) await bench.Store.ReserveAsync(Plan(i, Candidate(week)));
        Assert.InRange((await TtlAsync(keys.Decision(Request(1).ToString("D")))).TotalDays, 34, 35);
        Assert.InRange((await TtlAsync(keys.Decision(Request(2).ToString("D")))).TotalDays, 1, 2);
        Assert.InRange((await TtlAsync(keys.Caps(Customer.Value))).TotalDays, 400, 401);

        async Task<TimeSpan> TtlAsync(RedisKey key) => (await bench.Redis!.KeyTimeToLiveAsync(key))!.Value;
    }

    internal static IEnumerable<Func<StoreBench, Task>> All() =>
    [
        StoreChecks.RaceAsync, StoreChecks.RetryAsync, StoreChecks.DenialAsync, StoreChecks.ExpiryAsync, StoreChecks.ReleaseAsync,
        StoreChecks.ClockBackAsync, StoreChecks.FencesAsync, StoreChecks.TransactionalAsync, StoreChecks.PeriodAsync,
        OutcomeChecks.FailedAsync, OutcomeChecks.ImpressionsAsync, OutcomeChecks.OpenAsync, OutcomeChecks.ForgottenAsync,
        WindowChecks.ClosesAsync, WindowChecks.ClosesUnderConfirmAsync, WindowChecks.ZoneChangesAsync,
        StoreChecks.KeepsLastTouchesAsync, StoreChecks.StateChangesUnderConfirmAsync, StoreChecks.ExpiresUnderConfirmAsync,
    ];
}
