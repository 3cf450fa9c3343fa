using System.CommandLine;
using WinBack.Adapters.Playbooks;

namespace WinBack.Cli.Policy;

/// <summary><c>winback policy show</c>: a playbook, readable.</summary>
internal static class PolicyShowCommand
{
    private const string Notes = """
        Fields that have their default are left out of caps and actions.

        Examples:
          winback policy show playbooks/default.yaml
        """;

    internal static Command Build()
    {
        var file = new Argument<string>("file") { Description = "Playbook file." };
        var command = new NotedCommand("show", "Says what a playbook does.", Notes) { file };
        command.SetAction(parsed =>
        {
            PlaybookFileResult playbook = PlaybookInput.Load(parsed.GetRequiredValue(file));
            PlaybookSummary.Write(parsed.InvocationConfiguration.Output, playbook.Model!, playbook.Config!);
            return ExitCode.Ok;
        });
        return command;
    }
}
