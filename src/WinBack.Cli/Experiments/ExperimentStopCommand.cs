using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Experiments;
using WinBack.Core.Models;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Cli.Experiments;

/// <summary><c>winback experiment stop</c>: assigns nobody any more.</summary>
internal static class ExperimentStopCommand
{
    private const string Notes = """
        Everybody gets what the control gets, within a second, on all nodes. The counts stay; successes of those who were in it
        still count. An experiment that was stopped goes on only as another one, with a new salt; a gate can be set again.

        Examples:
          winback experiment stop subject_line --reason "the template is broken"
        """;

    internal static Command Build()
    {
        Argument<string> name = ExperimentSource.Name();
        var source = new ExperimentSource();
        var change = new ChangeArguments();
        var command = new NotedCommand("stop", "Stops an experiment.", Notes) { name };
        source.AddTo(command);
        change.AddTo(command, isChange: true);
        command.SetAction((parsed, stop) => change.RunAsync(parsed, async redis =>
        {
            (ExperimentPlan plan, _) = await source.ReadAsync(parsed, redis, stop);
            ExperimentModel experiment = ExperimentSource.Find(plan, parsed.GetRequiredValue(name));
            ChangeNote note = change.Note(parsed);
            ExperimentStep step = await new ExperimentRegistry(redis, ChangeArguments.Timeout).ChangeAsync(
                c => ExperimentMoves.Stop(c, ExperimentSource.StartOf(experiment), note), change.IsTrial(parsed), stop);
            return ExperimentText.Tell(parsed, step, change.IsTrial(parsed));
        }));
        return command;
    }
}
