using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using WinBack.Cli.Run;
using WinBack.IntegrationTests.Service;
using WinBack.Service.Hosting;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace WinBack.IntegrationTests.Ops;

/// <summary>What every container of docker-compose.yml and the image have to have, read with the file's own merges applied.</summary>
public sealed partial class ContainerRulesTests
{
    private static readonly Dictionary<object, object> Compose = Read(Path.Combine(Repository.Root, "docker-compose.yml"));
    private static readonly string[] Dockerfile = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));

    public static TheoryData<string> Services => [.. Map(Compose["services"]).Keys.Cast<string>()];

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_IsPinnedBoundedAndWithoutRights(string name)
    {
        Dictionary<object, object> service = Map(Map(Compose["services"])[name]);
        bool isOurs = service.ContainsKey("build");

        Assert.Matches(VersionPattern(), (string)service["image"]);
        Dictionary<object, object> limits = Map(Map(Map(service["deploy"])["resources"])["limits"]);
        Assert.Equal(["cpus", "memory", "pids"], limits.Keys.Cast<string>().Order(StringComparer.Ordinal));
        Assert.Equal(["ALL"], List(service["cap_drop"]));
        Assert.Equal(["no-new-privileges:true"], List(service["security_opt"]));
        Assert.Equal(["max-file", "max-size"], Map(Map(service["logging"])["options"]).Keys.Cast<string>().Order(StringComparer.Ordinal));
        // Of our own image the Dockerfile says it.
        if (!isOurs) Assert.False(service["user"] is "root" or "0" or "", $"{name} runs as root");
        if (name != "kafka") Assert.Equal("true", service["read_only"]);
        Assert.Equal(name == "topics" ? "no" : "unless-stopped", service["restart"]);
        if (!isOurs && name != "topics") Assert.Contains("test", Map(service["healthcheck"]).Keys);
        if (service.TryGetValue("ports", out object? ports))
            Assert.All(List(ports), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kafka", "kafka-data")]
    [InlineData("redis", "redis-data")]
    [InlineData("prometheus", "prometheus-data")]
    [InlineData("grafana", "grafana-data")]
    public void WhatIsKept_LiesInAVolume(string service, string volume)
    {
        Assert.Contains(List(Map(Map(Compose["services"])[service])["volumes"]), mount => mount.StartsWith(volume + ":/", StringComparison.Ordinal));
        Assert.Contains(volume, Map(Compose["volumes"]).Keys);
    }

    [Fact]
    public void Stores_AreSetAsTheServiceNeedsThem()
    {
        string redis = string.Join(' ', List(Map(Map(Compose["services"])["redis"])["command"]));
        Assert.Contains("--appendonly yes", redis, StringComparison.Ordinal);
        Assert.Contains("--maxmemory-policy noeviction", redis, StringComparison.Ordinal);
        Dictionary<object, object> kafka = Map(Map(Map(Compose["services"])["kafka"])["environment"]);
        Assert.Equal(("broker,controller", "false"), (kafka["KAFKA_PROCESS_ROLES"], kafka["KAFKA_AUTO_CREATE_TOPICS_ENABLE"]));
    }

    /// <summary>What is set for the service are options that it has, with values that it takes.</summary>
    [Theory]
    [InlineData("ingest")]
    [InlineData("decide")]
    public void Settings_OfTheService_AreOptions(string role)
    {
        Dictionary<object, object> environment = Map(Map(Map(Compose["services"])[role])["environment"]);
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(
                e => KeyValuePair.Create(((string)e.Key).Replace("__", ":", StringComparison.Ordinal), (string?)e.Value)))
            .Build();
        AllOptions options = AllOptions.Read(configuration);
        Assert.Equal((role, "kafka:9092", "redis:6379"), (options.Service.Roles, options.Kafka.BootstrapServers, options.Redis.Configuration));
    }

    [Fact]
    public void Secrets_AreFiles_ThatAreNotInTheRepository()
    {
        foreach ((object name, object secret) in Map(Compose["secrets"]))
            Assert.Equal($"./secrets/{name}", Map(secret)["file"]);
        Assert.Contains("secrets", File.ReadAllText(Path.Combine(Repository.Root, ".gitignore")), StringComparison.Ordinal);
        Assert.Contains("secrets", File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")));
        foreach (object service in Map(Compose["services"]).Values)
            if (Map(service).TryGetValue("environment", out object? environment))
                Assert.All(
                    Map(environment).Where(e => SecretPattern().IsMatch((string)e.Key)),
                    e => Assert.StartsWith("/run/secrets/", (string)e.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Image_HasTheEnvironmentThatProcessesOfOursHave() =>
        Assert.All(ServiceEnvironment.Settings, setting => Assert.Contains(Dockerfile, line => line.Contains($"{setting.Key}={setting.Value}")));

    [Fact]
    public void Image_IsPinned_RunsWithoutRights_AndTellsItsHealth()
    {
        Assert.All(Dockerfile.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)), l => Assert.Matches(@":\$\{(SDK|RUNTIME)_VERSION\}", l));
        Assert.All(Dockerfile.Where(l => l.StartsWith("ARG ", StringComparison.Ordinal)), l => Assert.Matches(@"=10\.0\.\d+$", l));
        Assert.Equal("USER 1654", Dockerfile.Last(l => l.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Contains(Dockerfile, l => l.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        Assert.Contains(Dockerfile, l => l.Contains("-p:Upstream=true", StringComparison.Ordinal));
        Assert.DoesNotContain(Dockerfile, l => SecretPattern().IsMatch(l));
    }

    private static Dictionary<object, object> Read(string path)
    {
        using var reader = new StreamReader(path);
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(reader)));
    }

    private static Dictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    private static string[] List(object node) => [.. ((List<object>)node).Cast<string>()];

    /// <summary>A name with a version of numbers.</summary>
    [GeneratedRegex(@"^[a-z/]+:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$")]
    private static partial Regex VersionPattern();

    [GeneratedRegex("PASSWORD|TOKEN|SECRET_KEY|API_KEY", RegexOptions.IgnoreCase)]
    private static partial Regex SecretPattern();
}
