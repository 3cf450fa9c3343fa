using System.CommandLine;
using StackExchange.Redis;
using WinBack.Adapters.Playbooks;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Features;
using WinBack.Core.Policy;

namespace WinBack.Cli.Simulate;

/// <summary><c>winback policy simulate</c>: pushed playbooks over an event file.</summary>
internal static class PolicySimulateCommand
{
    private const string Notes = """
        As `winback simulate`, with playbooks of the registry: by version, or "live". Two of them are run side by side, and the
        report has their differences. Nothing of the registry changes.

        Examples:
          winback policy simulate live --events out/retail.events.gz
          winback policy simulate live default@3f2a91c07b5e4d18 --events out/retail.events.gz --out report.html
        """;

    internal static Command Build()
    {
        var versions = new Argument<string[]>("version") { Description = "One or two versions, or \"live\".", Arity = new ArgumentArity(1, 2) };
        var registry = new ChangeArguments();
        var simulation = new SimulationArguments();
        var command = new NotedCommand("simulate", "Runs pushed playbooks over an event file with simulated responses.", Notes) { versions };
        registry.AddTo(command, isChange: false);
        simulation.AddTo(command);
        command.SetAction((parsed, stop) => registry.RunAsync(parsed, async redis =>
            await simulation.RunAsync(parsed, await ReadAsync(redis, parsed.GetRequiredValue(versions), stop), stop)));
        return command;
    }

    /// <exception cref="BadInputException">There is no such version, or this program refuses it.</exception>
    private static async Task<List<PlaybookFileResult>> ReadAsync(IDatabase redis, string[] versions, CancellationToken stop)
    {
        var registry = new PlaybookRegistry(redis, ChangeArguments.Timeout);
        PlaybookCatalogue catalogue = await registry.ReadAsync(stop);
        var playbooks = new List<PlaybookFileResult>();
        foreach (string asked in versions)
        {
            PlaybookVersion version = catalogue.Find(asked == "live" ? catalogue.Live : asked) ?? throw new BadInputException(
                $"the registry has no playbook {asked}: `winback policy list` shows those that were pushed");
            string text = await registry.ReadTextAsync(version, stop);
            PlaybookFileResult read = PlaybookFile.Parse(version.Version, text, FeatureSchema.Default.Names);
            PlaybookModel playbook = read.Model ?? throw new BadInputException(
                $"{version.Version} is refused:" + string.Concat(read.Errors.Select(e => $"{Environment.NewLine}  {e}")));
            // What is simulated bears the name that it was pushed under.
            playbooks.Add(read with { Model = playbook with { Version = version.Version } });
        }

        return playbooks;
    }
}
