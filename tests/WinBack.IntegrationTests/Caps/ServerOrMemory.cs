using WinBack.Adapters.Redis;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Caps;

/// <summary>One kind of store; opens any number of empty ones, one after the other.</summary>
internal sealed class ServerOrMemory : IAsyncDisposable
{
    private readonly KeyValueServer? _server;

    private ServerOrMemory(KeyValueServer? server) => _server = server;

    /// <param name="kind">memory, redis-server or garnet.</param>
    internal static async Task<ServerOrMemory> StartAsync(string kind) => new(kind switch
    {
        "memory" => null,
        "redis-server" => await RedisServer.StartAsync(),
        "garnet" => await GarnetServer.StartAsync(),
        _ => throw new ArgumentException($"no store '{kind}'", nameof(kind)),
    });

    internal async Task<StoreBench> OpenAsync(DecisionScripts? scripts = null) =>
        _server is null ? StoreBench.InMemory() : await StoreBench.ConnectAsync(_server.Address, scripts ?? DecisionScripts.Default);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
