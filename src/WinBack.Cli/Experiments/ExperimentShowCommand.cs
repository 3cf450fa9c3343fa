using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Experiments;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Cli.Experiments;

/// <summary><c>winback experiment show</c>: how an experiment does, as the gate keeper sees it.</summary>
internal static class ExperimentShowCommand
{
    private const string Notes = """
        May be looked at any time, and stopped at any time: the bounds hold however often one looks. Only customers whose time
        for a success is over are compared.

        Examples:
          winback experiment show subject_line
        """;

    internal static Command Build()
    {
        Argument<string> name = ExperimentSource.Name();
        var source = new ExperimentSource();
        var arguments = new ChangeArguments();
        var command = new NotedCommand("show", "Tells how an experiment does.", Notes) { name };
        source.AddTo(command);
        arguments.AddTo(command, isChange: false);
        command.SetAction((parsed, stop) => arguments.RunAsync(parsed, async redis =>
        {
            (ExperimentPlan plan, _) = await source.ReadAsync(parsed, redis, stop);
            ExperimentModel experiment = ExperimentSource.Find(plan, parsed.GetRequiredValue(name));
            IReadOnlyDictionary<int, PartitionWatermark> folded = await PartitionSurvey.ReadAsync(redis);
            int partitions = folded.Count > 0 ? folded.Keys.Max() + 1 : 0;
            var cells = await new ExperimentCounts(redis, partitions, ChangeArguments.Timeout).ReadAsync(stop);
            ExperimentReading reading = ExperimentReading.Of(
                experiment.Design, cells.GetValueOrDefault(experiment.Id, []), experiment.Stage.Percent, TimeProvider.System.GetUtcNow());
            ExperimentText.Write(
                parsed.InvocationConfiguration.Output, experiment, reading,
                GateVerdict.Of(experiment.Design, reading, experiment.Stage.Percent));
            return ExitCode.Ok;
        }));
        return command;
    }
}
