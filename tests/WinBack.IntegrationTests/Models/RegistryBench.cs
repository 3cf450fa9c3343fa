using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.Testing;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.IntegrationTests.Models;

/// <summary>An empty registry on a server of its own.</summary>
internal sealed class RegistryBench : IAsyncDisposable
{
    internal static readonly ChangeNote Note = new("ann", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), "because");

    // Long, because a loaded machine is no fault of the registry.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly KeyValueServer _server;
    private readonly ConnectionMultiplexer _connection;

    private RegistryBench(KeyValueServer server, ConnectionMultiplexer connection)
    {
        (_server, _connection) = (server, connection);
        Registry = new ModelRegistry(Redis, Limit);
    }

    internal ModelRegistry Registry { get; }

    internal string Address => _server.Address;

    internal IDatabase Redis => _connection.GetDatabase();

    /// <param name="kind">redis-server or garnet.</param>
    internal static async Task<RegistryBench> StartAsync(string kind)
    {
        KeyValueServer server = kind == "garnet" ? await GarnetServer.StartAsync() : await RedisServer.StartAsync();
        return new RegistryBench(
            server, await ConnectionMultiplexer.ConnectAsync(server.Patient + ",allowAdmin=true"));
    }

    internal Task ClearAsync() => _connection.GetServers()[0].FlushAllDatabasesAsync();

    /// <summary>A registry in which the guard of the script is missing.</summary>
    internal ModelRegistry Without(string guard) => new(Redis, Limit)
    {
        Store = new CatalogueStore(Redis, Limit, RegistryKeys.Models) { Script = new Adapters.Redis.LuaScript("registry").Without(guard) },
    };

    internal Task<RegistryReply> PushAsync(StumpModel model) => PushAsync(model.Package());

    internal Task<RegistryReply> PushAsync(ModelPackage package) => Registry.PushAsync(package, ModelDirectory.ReadManifest(package), Note);

    internal Task<RegistryReply> PromoteAsync(string name, string version) =>
        Registry.ChangeAsync(c => CatalogueRules.Promote(c, name, version, Note));

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }
}
