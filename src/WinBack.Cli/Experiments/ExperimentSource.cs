using System.CommandLine;
using StackExchange.Redis;
using WinBack.Adapters.Playbooks;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Cli.Policy;
using WinBack.Core.Experiments;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Cli.Experiments;

/// <summary>The experiments that a command is about: those of the live playbook, or of a file, at the stages of the registry.</summary>
internal sealed class ExperimentSource
{
    private readonly Option<string?> _playbook = new("--playbook")
    {
        Description = "Playbook file with the experiments. Default: the live one of the registry.",
    };

    internal static Argument<string> Name() => new("experiment") { Description = "Name of the experiment." };

    internal void AddTo(Command command) => command.Options.Add(_playbook);

    internal async Task<(ExperimentPlan Plan, ExperimentCatalogue Catalogue)> ReadAsync(
        ParseResult parsed, IDatabase redis, CancellationToken stop)
    {
        PlaybookModel playbook = parsed.GetValue(_playbook) is { } file
            ? PlaybookInput.Load(file).Model!
            : await LiveAsync(redis, stop);
        ExperimentCatalogue catalogue = await new ExperimentRegistry(redis, ChangeArguments.Timeout).ReadAsync(stop);
        return (playbook.Experiments.At(catalogue.Stages), catalogue);
    }

    /// <exception cref="BadInputException">The playbook has no experiment of that name.</exception>
    internal static ExperimentModel Find(ExperimentPlan plan, string name) =>
        plan.Experiments.FirstOrDefault(e => e.Name == name) ?? throw new BadInputException(
            $"there is no experiment '{name}'; the playbook has "
            + (plan.Experiments.Count == 0 ? "none" : string.Join(", ", plan.Experiments.Select(e => e.Name))));

    /// <summary>Where the playbook starts an experiment.</summary>
    internal static ExperimentStage StartOf(ExperimentModel experiment) =>
        new(experiment.Id, ExperimentStatus.Running, experiment.IsGated ? GateSteps.First : GateSteps.Last);

    private static async Task<PlaybookModel> LiveAsync(IDatabase redis, CancellationToken stop)
    {
        var registry = new PlaybookRegistry(redis, ChangeArguments.Timeout);
        PlaybookCatalogue catalogue = await registry.ReadAsync(stop);
        PlaybookVersion version = catalogue.Find(catalogue.Live) ?? throw new BadInputException(
            "the registry has no live playbook: name the file that the services are configured with (--playbook FILE)");
        PlaybookFileResult result = PlaybookFile.Parse(
            $"registry/{version.Version}", await registry.ReadTextAsync(version, stop), FeatureSchema.Default.Names);
        return result.Model ?? throw new BadInputException(
            $"the live playbook is refused:{string.Concat(result.Errors.Select(e => $"{Environment.NewLine}  {e}"))}");
    }
}
