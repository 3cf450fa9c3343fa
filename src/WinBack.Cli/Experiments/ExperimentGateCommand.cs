using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Experiments;
using WinBack.Core.Models;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Cli.Experiments;

/// <summary><c>winback experiment gate</c>: sets a rollout gate by hand.</summary>
internal static class ExperimentGateCommand
{
    private const string Notes = """
        A gate widens by itself, 1, 5, 25, 100 %, and goes off by itself. This sets it by hand, which the audit trail tells; it
        goes on by itself from there.

        Examples:
          winback experiment gate new_offer 25 --reason "seen enough"
        """;

    internal static Command Build()
    {
        Argument<string> name = ExperimentSource.Name();
        var percent = new Argument<int>("percent") { Description = "Share of the experiment's customers: 1, 5, 25 or 100." };
        percent.Validators.Add(given =>
        {
            if (!GateSteps.All.Contains(given.GetValueOrDefault<int>()))
                given.AddError($"percent must be one of {string.Join(", ", GateSteps.All)}; to switch it off: 'experiment stop'");
        });
        var source = new ExperimentSource();
        var change = new ChangeArguments();
        var command = new NotedCommand("gate", "Sets the gate of an experiment.", Notes) { name, percent };
        source.AddTo(command);
        change.AddTo(command, isChange: true);
        command.SetAction((parsed, stop) => change.RunAsync(parsed, async redis =>
        {
            (ExperimentPlan plan, _) = await source.ReadAsync(parsed, redis, stop);
            ExperimentModel experiment = ExperimentSource.Find(plan, parsed.GetRequiredValue(name));
            if (!experiment.IsGated) throw new BadInputException($"'{experiment.Name}' has no gate: write 'gated: true' in the playbook");
            ChangeNote note = change.Note(parsed);
            int to = parsed.GetRequiredValue(percent);
            ExperimentStep step = await new ExperimentRegistry(redis, ChangeArguments.Timeout).ChangeAsync(
                c => ExperimentMoves.SetGate(c, ExperimentSource.StartOf(experiment), to, note), change.IsTrial(parsed), stop);
            return ExperimentText.Tell(parsed, step, change.IsTrial(parsed));
        }));
        return command;
    }
}
