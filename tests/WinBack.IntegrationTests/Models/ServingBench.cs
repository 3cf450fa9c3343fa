using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Cli.Replay;
using WinBack.Core.Events;
using WinBack.Core.Models;
using WinBack.Core.State;
using WinBack.IntegrationTests.Service;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;
using WinBack.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Models;

/// <summary>A service with the registry that it follows in the test's hand.</summary>
internal sealed class ServingBench : IAsyncDisposable
{
    internal static readonly ChangeNote Note = new("test", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), "because");
    private readonly Stores _stores;
    private readonly ConnectionMultiplexer _connection;

    private ServingBench(Stores stores, ConnectionMultiplexer connection, RunningService service)
    {
        (_stores, _connection, Service) = (stores, connection, service);
        Registry = new ModelRegistry(connection.GetDatabase(), TimeSpan.FromSeconds(30));
    }

    internal RunningService Service { get; }

    internal ModelRegistry Registry { get; }

    internal IDatabase Redis => _connection.GetDatabase();

    internal static async Task<ServingBench> StartAsync(params string[] settings)
    {
        Stores stores = await Stores.StartAsync();
        ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(stores.Redis.Patient);
        RunningService service = await RunningService.StartAsync(
            // A command may take long: a loaded machine is no fault of the service.
            [
                .. stores.Settings("decide"), "--Redis:CommandTimeout=00:00:30", "--ModelServing:PollInterval=00:00:00.100",
                "--ModelServing:ReportInterval=00:00:00.200", .. settings,
            ]);
        await service.UntilAsync(async () => await service.HealthAsync() == ServingStatus.Serving, "the service is ready");
        return new ServingBench(stores, connection, service);
    }

    internal Task<string> PushAsync(StumpModel model) => PushAsync(model.Package());

    /// <summary>Straight into Redis: nothing is verified but by the service.</summary>
    internal async Task<string> PushAsync(ModelPackage package) =>
        (await Registry.PushAsync(package, ModelDirectory.ReadManifest(package), Note)).Entry!.To;

    internal async Task PromoteAsync(string name, string version) =>
        Assert.NotNull((await Registry.ChangeAsync(c => CatalogueRules.Promote(c, name, version, Note))).Entry);

    /// <summary>Versions of churn and winback that decide for a customer whom no rollout reaches.</summary>
    internal async Task<(string Churn, string WinBack)> ServedAsync() => VersionsOf(await PreviewAsync("anybody"));

    internal async Task UntilServedAsync(string churn) => await Service.UntilAsync(
        async () => (await ServedAsync()).Churn == churn, $"churn {churn} is served");

    internal async Task<Decision> PreviewAsync(string customer) => (await Service.Decisions.DecideNextActionAsync(
        new DecideNextActionRequest { CustomerId = customer, ValidateOnly = true, View = DecisionView.Full })).Decision;

    /// <summary>Orders of customer i, as <see cref="WriteCustomersAsync"/> writes them: 1 to 8.</summary>
    internal static int OrdersOf(int customer) => 1 + (customer % 8);

    /// <summary>Customers whose states lie in Redis as if their orders had been folded.</summary>
    internal Task WriteCustomersAsync(int count) => WriteCustomersToAsync(Redis, count);

    /// <summary>The same in any Redis.</summary>
    internal static async Task WriteCustomersToAsync(IDatabase redis, int count)
    {
        var replay = new EventReplay(new FoldOptions());
        for (int i = 0; i < count; i++)
            for (int order = OrdersOf(i); order > 0; order--) replay.Apply(Events.Purchase(NameOf(i), Stores.Start.AddDays(-100 - order)));
        var codec = new StateCodec();
        foreach ((string customer, CustomerState state) in replay.States)
        {
            var keys = new PartitionKeys(CustomerPartition.Of(new CustomerId(customer), Stores.Partitions));
            await redis.StringSetAsync(keys.State(customer), codec.Encode(state).ToArray());
        }
    }

    /// <summary>A preview of each of the first customers.</summary>
    internal Task<Decision[]> PreviewAllAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(i => PreviewAsync(NameOf(i))));

    internal static (string Churn, string WinBack) VersionsOf(Decision decision)
    {
        string[] versions = [.. decision.Evidence.ModelVersions];
        Assert.Equal(2, versions.Length);
        return (Of(versions[0], "churn@"), Of(versions[1], "winback@"));
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _connection.DisposeAsync();
        await _stores.DisposeAsync();
    }

    internal static string NameOf(int customer) => $"customer-{customer}";

    private static string Of(string version, string prefix)
    {
        Assert.StartsWith(prefix, version, StringComparison.Ordinal);
        return version[prefix.Length..];
    }
}
