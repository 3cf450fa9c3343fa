using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Experiments;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Cli.Experiments;

/// <summary><c>winback experiment list</c>: the experiments of the playbook, where they stand, and who moved what.</summary>
internal static class ExperimentListCommand
{
    private const int MostChanges = 20;

    private const string Notes = """
        Examples:
          winback experiment list
          winback experiment list --playbook playbooks/default.yaml
        """;

    internal static Command Build()
    {
        var source = new ExperimentSource();
        var arguments = new ChangeArguments();
        var command = new NotedCommand("list", "Lists experiments, where they stand, and who moved what.", Notes);
        source.AddTo(command);
        arguments.AddTo(command, isChange: false);
        command.SetAction((parsed, stop) => arguments.RunAsync(parsed, async redis =>
        {
            (ExperimentPlan plan, ExperimentCatalogue catalogue) = await source.ReadAsync(parsed, redis, stop);
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (plan.Holdout.Buckets > 0)
                text.WriteLine(FormattableString.Invariant($"holdout  {plan.Holdout.Probability:P2} of all customers, salt {plan.Holdout.Salt}"));
            foreach (ExperimentModel experiment in plan.Experiments) text.WriteLine(ExperimentText.Line(experiment));
            if (plan.IsEmpty) text.WriteLine("The playbook has no experiments and no holdout.");
            text.WriteLine("Changes, newest first");
            var registry = new ExperimentRegistry(redis, ChangeArguments.Timeout);
            foreach (ExperimentAuditEntry entry in await registry.ReadChangesAsync(catalogue.Revision + 1, MostChanges, stop))
                text.WriteLine("  " + ExperimentText.Line(entry));
            return ExitCode.Ok;
        }));
        return command;
    }
}
