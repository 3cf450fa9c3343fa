using WinBack.Adapters.Kafka;
using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Ops;

/// <summary>docker-compose.yml and Dockerfile. No container engine runs here: tools that read such files read them.</summary>
public sealed class ContainerFilesTests : IDisposable
{
    private static readonly string Client = Path.Combine(Repository.Root, "tests/WinBack.IntegrationTests/Ops/compose-client");
    private static readonly string Compose = Path.Combine(Repository.Root, "docker-compose.yml");
    private static readonly string Dockerfile = Path.Combine(Repository.Root, "Dockerfile");

    private readonly string _folder = Directory.CreateTempSubdirectory("winback-compose-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ComposeFileAndDockerfile_HaveNoFault() =>
        Assert.Empty(await ForeignTool.RunNodeAsync(Client, "client.mjs", Compose, Dockerfile));

    [Fact]
    public async Task Client_SeesFaults()
    {
        string compose = Path.Combine(_folder, "docker-compose.yml"), dockerfile = Path.Combine(_folder, "Dockerfile");
        string sound = await File.ReadAllTextAsync(Compose);
        await File.WriteAllTextAsync(compose, sound.Replace("stop_grace_period", "stop_grace", StringComparison.Ordinal));
        await File.WriteAllTextAsync(dockerfile, "FROM scratch\nRUM true\n");

        string found = await ForeignTool.RunNodeAsync(Client, "client.mjs", compose, dockerfile);

        Assert.Contains("invalid-schema", found, StringComparison.Ordinal);
        Assert.Contains("Unknown instruction: RUM", found, StringComparison.Ordinal);
    }

    /// <summary>The service refuses to start without any one of its topics.</summary>
    [Fact]
    public async Task TopicsScript_CreatesEveryTopicOfTheService()
    {
        string script = Path.Combine(_folder, "create-topics.sh");
        string text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "ops/kafka/create-topics.sh"));
        await File.WriteAllTextAsync(script, text.Replace("/opt/kafka/bin/kafka-topics.sh", "echo", StringComparison.Ordinal));

        string output = await ForeignTool.RunAsync(
            "env", ["BOOTSTRAP_SERVERS=kafka:9092", "PARTITIONS=12", "REPLICATION=3", "bash", script]);

        string[] calls = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(calls, call => Assert.Contains(
            "--bootstrap-server kafka:9092 --create --if-not-exists --topic", call, StringComparison.Ordinal));
        Assert.All(calls, call => Assert.Contains("--partitions 12 --replication-factor 3", call, StringComparison.Ordinal));
        Assert.Equal(
            new TopicOptions().All().Order(StringComparer.Ordinal),
            calls.Select(call => call.Split("--topic ")[1].Split(' ')[0]).Order(StringComparer.Ordinal));
    }
}
