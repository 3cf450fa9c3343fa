using System.CommandLine;
using WinBack.Adapters.Playbooks;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Policy;

namespace WinBack.Cli.Policy;

/// <summary><c>winback policy push</c>: puts a playbook live.</summary>
internal static class PolicyPushCommand
{
    private const string Notes = """
        The playbook is checked first, as every service node checks it. Its version is its name and a hash of its content;
        a version never changes. Service nodes notice within a second, load it beside the running one, check it, and swap; a
        node that refuses it goes on with what it served, and says so in its log. See what changes before: 'policy diff'.

        Examples:
          winback policy push mine.yaml --reason "spring"
          winback policy push mine.yaml --validate-only
        """;

    internal static Command Build()
    {
        var file = new Argument<string>("file") { Description = "Playbook file." };
        var change = new ChangeArguments();
        var command = new NotedCommand("push", "Puts a playbook live.", Notes) { file };
        change.AddTo(command, isChange: true);
        command.SetAction((parsed, stop) =>
        {
            string path = parsed.GetRequiredValue(file);
            (PlaybookFileResult playbook, string text) = PlaybookInput.LoadText(path);
            return change.RunAsync(parsed, async redis =>
            {
                var registry = new PlaybookRegistry(redis, ChangeArguments.Timeout);
                PlaybookStep step = await registry.PushAsync(
                    playbook.Model!.Version, text, change.Note(parsed), change.IsTrial(parsed), stop);
                return ReleaseText.Tell(parsed, step, change.IsTrial(parsed));
            });
        });
        return command;
    }
}
