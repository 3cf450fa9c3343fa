using WinBack.Adapters.Kafka;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Service;

/// <summary>What a service needs around it: a broker with the topics, a Redis, models.</summary>
internal sealed class Stores : IAsyncDisposable
{
    internal const int Partitions = 4;

    /// <summary>The service's clock shows this when it starts.</summary>
    internal static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryModels _models = new();

    private Stores(KafkaBroker broker, RedisServer redis)
    {
        Broker = broker;
        Redis = redis;
    }

    internal static string ServiceDll => Path.Combine(AppContext.BaseDirectory, "WinBack.Service.dll");

    internal KafkaBroker Broker { get; }

    internal RedisServer Redis { get; }

    internal static string Playbook => Path.Combine(Repository.Root, "playbooks", "default.yaml");

    internal KafkaOptions Kafka => new() { BootstrapServers = Broker.BootstrapServers };

    internal static async Task<Stores> StartAsync()
    {
        Task<KafkaBroker> broker = KafkaBroker.StartAsync(new TopicOptions().All(), Partitions);
        return new Stores(await broker, await RedisServer.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.Always }));
    }

    /// <summary>The command line of a service on these stores.</summary>
    internal string[] Settings(string roles) =>
    [
        $"--WinBack:Roles={roles}",
        $"--WinBack:Models={_models.Folder}",
        $"--WinBack:Playbook={Playbook}",
        "--WinBack:HttpApi=true",
        $"--Clock:StandAt={Start:O}",
        $"--Kafka:BootstrapServers={Broker.BootstrapServers}",
        "--Kafka:SessionTimeout=00:00:03",
        $"--Redis:Configuration={Redis.Address}",
        "--Redis:CommandTimeout=00:00:03",
        "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
        "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
    ];

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Redis.DisposeAsync();
        _models.Dispose();
    }
}
