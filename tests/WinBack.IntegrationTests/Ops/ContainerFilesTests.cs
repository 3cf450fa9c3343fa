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

    /// <summary>The service refuses to start without any one of its topics, but for the catalogue.</summary>
    [Fact]
    public async Task TopicsScript_CreatesEveryTopicOfTheService()
    {
        string output = await RunTopicsScriptAsync(partitionsThere: 12);

        string[] calls = [.. output.Split('\n').Where(call => call.Contains("--create", StringComparison.Ordinal))];
        Assert.All(calls, call => Assert.Contains(
            "--bootstrap-server kafka:9092 --create --if-not-exists --topic", call, StringComparison.Ordinal));
        Assert.All(calls, call => Assert.Contains("--partitions 12 --replication-factor 3", call, StringComparison.Ordinal));
        var topics = new TopicOptions();
        Assert.Equal(
            topics.All().Append(topics.Catalogue).Order(StringComparer.Ordinal),
            calls.Select(call => call.Split("--topic ")[1].Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("--topic catalogue --partitions 12 --replication-factor 3 --config cleanup.policy=compact", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TopicsScript_TopicWithAnotherNumberOfPartitions_Fails()
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(() => RunTopicsScriptAsync(partitionsThere: 8));
        Assert.Contains("topic usage has 8 partitions, not 12: set WINBACK_PARTITIONS=8", e.Message, StringComparison.Ordinal);
    }

    /// <summary>With a tool that writes how it is called, and describes every topic alike.</summary>
    private async Task<string> RunTopicsScriptAsync(int partitionsThere)
    {
        string script = Path.Combine(_folder, "create-topics.sh"), tool = Path.Combine(_folder, "kafka-topics.sh");
        string text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "ops/kafka/create-topics.sh"));
        await File.WriteAllTextAsync(script, text.Replace("/opt/kafka/bin/kafka-topics.sh", tool, StringComparison.Ordinal));
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\necho \"$@\"\necho 'Topic: x PartitionCount: {partitionsThere} ReplicationFactor: 3'\n");
        await ForeignTool.RunAsync("chmod", ["+x", tool]);
        return await ForeignTool.RunAsync("env", ["BOOTSTRAP_SERVERS=kafka:9092", "PARTITIONS=12", "REPLICATION=3", "bash", script]);
    }
}
