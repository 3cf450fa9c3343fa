using System.CommandLine;
using StackExchange.Redis;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;

namespace WinBack.Cli.Doctor;

/// <summary><c>winback doctor</c>: what is wrong with an installation, and what to do.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan RegistryTimeout = TimeSpan.FromSeconds(10);

    private const string Notes = """
        Looks at Redis (answers, scripts, eviction, persistence, clock, what was folded, the model registry), Kafka (topics,
        partitions, where keys lie, lag), the models and the playbook. Changes nothing. Ends with 1 when something does not
        work.

        Examples:
          winback doctor --redis 127.0.0.1:6379 --bootstrap 127.0.0.1:9092
          winback doctor --offline
        """;

    internal static Command Build()
    {
        var models = new Option<string?>("--models")
        {
            Description = "Folder with the models churn and winback. Default: models of this repository.",
        };
        var playbook = new Option<string?>("--playbook")
        {
            Description = "Playbook file. Default: playbooks/default.yaml of this repository.",
        };
        var offline = new Option<bool>("--offline") { Description = "Looks at models and playbook only." };
        var redis = new Option<string>("--redis")
        {
            Description = "Redis, as host:port or a StackExchange.Redis configuration.",
            DefaultValueFactory = _ => new RedisOptions().Configuration,
        };
        var kafka = new KafkaArguments();
        var command = new NotedCommand("doctor", "Checks an installation and says how to mend it.", Notes)
        {
            models, playbook, offline, redis,
        };
        kafka.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var findings = new List<Finding>();
            if (!parsed.GetValue(offline))
            {
                (IReadOnlyList<Finding> found, var watermarks) = await CheckRedisAsync(parsed.GetValue(redis)!);
                findings.AddRange(found);
                findings.AddRange(new KafkaCheck(kafka.Read(parsed)).Run(watermarks));
            }

            findings.AddRange(ModelsCheck.OfModels(parsed.GetValue(models) ?? RepositoryFile.Find("models", "--models")));
            findings.AddRange(
                ModelsCheck.OfPlaybook(parsed.GetValue(playbook) ?? RepositoryFile.Find("playbooks/default.yaml", "--playbook")));
            return Write(parsed.InvocationConfiguration.Output, findings);
        });
        return command;
    }

    private static async Task<(IReadOnlyList<Finding>, IReadOnlyDictionary<int, PartitionWatermark>?)> CheckRedisAsync(string address)
    {
        try
        {
            await using ConnectionMultiplexer connection = await RedisArguments.ConnectAsync(address, isAdmin: true);
            var check = new RedisCheck(connection, TimeProvider.System);
            IReadOnlyList<Finding> found = await check.RunAsync();
            var registry = new RegistryCheck(new ModelRegistry(connection.GetDatabase(), RegistryTimeout));
            return ([.. found, .. await registry.RunAsync()], check.Watermarks);
        }
        catch (Exception away) when (away is BadInputException or RedisException or StoreUnavailableException)
        {
            return ([Finding.Failure("redis", away.Message, "start Redis, or name it with --redis")], null);
        }
    }

    private static int Write(TextWriter text, List<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            string level = finding.Level switch { FindingLevel.Ok => "ok", FindingLevel.Warning => "warning", _ => "FAILURE" };
            text.WriteLine($"{level,-8} {finding.Subject,-12} {finding.Detail}");
            if (finding.Fix.Length > 0) text.WriteLine($"{"",-21} fix: {finding.Fix}");
        }

        int failures = findings.Count(f => f.Level == FindingLevel.Failure);
        int warnings = findings.Count(f => f.Level == FindingLevel.Warning);
        text.WriteLine(failures + warnings == 0 ? "All is well." : $"{failures} failures, {warnings} warnings");
        return failures == 0 ? ExitCode.Ok : ExitCode.BadInput;
    }
}
