using StackExchange.Redis;
using WinBack.Testing;
using Xunit.Abstractions;

namespace Standins.Tests.Redis;

/// <summary>Servers that die, come back, and hang, under load: no reply mixed up, no call that never completes.</summary>
public sealed class DisconnectTests(ITestOutputHelper output)
{
    private const int Callers = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RedisServer_KilledAndRestartedUnderLoad_NoReplyMixedUpAndNoHang(int seed)
    {
        await using RedisServer server = await RedisServer.StartAsync(new() { AppendOnly = AppendOnly.EverySecond });
        await RunAsync(server, seed, rounds: 6, _ => KillAndRestartAsync(server));
    }

    [Fact]
    public async Task Garnet_KilledAndRestartedUnderLoad_NoReplyMixedUpAndNoHang()
    {
        await using GarnetServer server = await GarnetServer.StartAsync(new() { AppendOnly = AppendOnly.Always });
        await RunAsync(server, seed: 3, rounds: 3, _ => KillAndRestartAsync(server));
    }

    [Fact]
    public async Task RedisServer_StoppedInOrderAndRestartedUnderLoad_NoReplyMixedUpAndNoHang()
    {
        await using RedisServer server = await RedisServer.StartAsync(new() { AppendOnly = AppendOnly.EverySecond });
        await RunAsync(server, seed: 4, rounds: 4, async _ =>
        {
            await server.StopAsync();
            await server.RestartAsync();
        });
    }

    [Fact]
    public async Task RedisServer_ClosesConnectionsUnderLoad_NoReplyMixedUpAndNoHang()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer admin = await ConnectionMultiplexer.ConnectAsync(ServerFixture.Options(server));
        await RunAsync(server, seed: 5, rounds: 20, async _ =>
            await admin.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
    }

    [Fact]
    public async Task RedisServer_HangsBeyondTheTimeout_LateRepliesAreNotGivenToLaterCommands()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        IReadOnlyDictionary<string, int> failures = await RunAsync(server, seed: 6, rounds: 3, async load =>
        {
            int before = load.Failures.GetValueOrDefault(nameof(RedisTimeoutException));
            server.Pause();
            using var limit = new CancellationTokenSource(Loopback.Limit);
            while (load.Failures.GetValueOrDefault(nameof(RedisTimeoutException)) < before + Callers)
            {
                await Task.Delay(20, limit.Token);
            }

            server.Resume();
        });
        Assert.True(failures[nameof(RedisTimeoutException)] >= 3 * Callers);
    }

    private static async Task KillAndRestartAsync(KeyValueServer server)
    {
        await server.KillAsync();
        await server.RestartAsync();
    }

    private async Task<IReadOnlyDictionary<string, int>> RunAsync(
        KeyValueServer server, int seed, int rounds, Func<MixedLoad, Task> disturb)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(server.Address);
        options.AbortOnConnectFail = false;
        options.AsyncTimeout = options.SyncTimeout = 2_000;
        options.ReconnectRetryPolicy = new LinearRetry(50);
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(options);
        await MixedLoad.FillAsync(connection.GetDatabase());
        var load = new MixedLoad(connection, Callers, seed);
        load.Start();
        for (int round = 0; round < rounds; round++)
        {
            await load.AnswersAsync(2_000);
            await disturb(load);
        }

        await load.AnswersAsync(2_000);
        await load.StopAsync();
        output.WriteLine($"seed {seed}: {load.Answered} answered, {load.Lost} lost; "
            + string.Join(", ", load.Failures.Select(failure => $"{failure.Key} {failure.Value}")));
        Assert.Empty(load.Wrong);
        Assert.InRange(load.Lost, 0, rounds);
        Assert.NotEmpty(load.Failures);
        return load.Failures;
    }
}
