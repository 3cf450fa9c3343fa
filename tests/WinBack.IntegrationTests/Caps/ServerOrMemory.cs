using WinBack.Adapters.Redis;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Caps;

/// <summary>One kind of store; opens any number of empty ones, one after the other.</summary>
internal sealed class ServerOrMemory : IAsyncDisposable
{
    private const string ReadFirst = ", read first";
    private readonly KeyValueServer? _server;
    private readonly bool _readsFirst;

    private ServerOrMemory(KeyValueServer? server, bool readsFirst) => (_server, _readsFirst) = (server, readsFirst);

    /// <param name="kind">memory, redis-server or garnet; servers also with ", read first" (see <see cref="ReadFirstStore"/>).</param>
    internal static async Task<ServerOrMemory> StartAsync(string kind) => new(
        await ServerAsync(kind.Replace(ReadFirst, "", StringComparison.Ordinal)), kind.EndsWith(ReadFirst, StringComparison.Ordinal));

    private static async Task<KeyValueServer?> ServerAsync(string kind) => kind switch
    {
        "memory" => null,
        "redis-server" => await RedisServer.StartAsync(),
        "garnet" => await GarnetServer.StartAsync(),
        _ => throw new ArgumentException($"no store '{kind}'", nameof(kind)),
    };

    internal async Task<StoreBench> OpenAsync(DecisionScripts? scripts = null) =>
        _server is null
            ? StoreBench.InMemory()
            : await StoreBench.ConnectAsync(_server.Address, scripts ?? DecisionScripts.Default, readsFirst: _readsFirst);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
