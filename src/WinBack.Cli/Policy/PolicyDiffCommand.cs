using System.CommandLine;
using WinBack.Adapters.Playbooks;

namespace WinBack.Cli.Policy;

/// <summary><c>winback policy diff</c>: what changes for customers from one playbook to another.</summary>
internal static class PolicyDiffCommand
{
    private const string Notes = """
        Layout, comments and defaults that are written out are no difference. Exit code 0, whether there is a difference or not.

        Examples:
          winback policy diff playbooks/default.yaml mine.yaml
        """;

    internal static Command Build()
    {
        var before = new Argument<string>("before") { Description = "Playbook file." };
        var after = new Argument<string>("after") { Description = "Playbook file to compare with it." };
        var command = new NotedCommand("diff", "Says what changes for customers from one playbook to another.", Notes) { before, after };
        command.SetAction(parsed =>
        {
            PlaybookFileResult from = PlaybookInput.Load(parsed.GetRequiredValue(before));
            PlaybookFileResult to = PlaybookInput.Load(parsed.GetRequiredValue(after));
            TextWriter text = parsed.InvocationConfiguration.Output;
            text.WriteLine($"{from.Model!.Version} -> {to.Model!.Version}");
            IReadOnlyList<string> lines = PlaybookDifference.Of(from.Config!, to.Config!);
            foreach (string line in lines) text.WriteLine(line);
            if (lines.Count == 0) text.WriteLine("Nothing changes.");
            return ExitCode.Ok;
        });
        return command;
    }
}
