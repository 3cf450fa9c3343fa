using StackExchange.Redis;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Testing;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

public sealed class StoreUnavailableTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RedisAway_EveryCallFailsTypedAndWorksAgainAfterwards(bool isPaused)
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(server.Address + ",abortConnect=false");
        // What must fail fails soon; what must work has time, on a slow machine too.
        DecisionStore store = Store(redis, TimeSpan.FromMilliseconds(300)), patient = Store(redis, TimeSpan.FromSeconds(10));
        Assert.NotNull((await patient.ReserveAsync(Plan(1, Candidate()))).Decision);

        if (isPaused) server.Pause();
        else await server.KillAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync(Customer));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReserveAsync(Plan(2, Candidate())));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ConfirmAsync(Plan(1).Id!.Value));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReleaseAsync(Plan(1).Id!.Value));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.GetAsync(Plan(1).Id!.Value));

        if (isPaused) server.Resume();
        else await server.RestartAsync();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Assert.NotNull((await patient.ReserveAsync(Plan(3, Candidate()))).Decision);
                return;
            }
            catch (StoreUnavailableException) when (attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static DecisionStore Store(ConnectionMultiplexer redis, TimeSpan commandTimeout) =>
        new(redis.GetDatabase(), new RedisOptions { CommandTimeout = commandTimeout }, StoreBench.Partitions);

    [Fact]
    public async Task CallerCancels_IsNoFaultOfTheStore()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(server.Patient);
        var store = new DecisionStore(redis.GetDatabase(), new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, 4);
        server.Pause();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync(Customer, cancel.Token));
        server.Resume();
    }
}
