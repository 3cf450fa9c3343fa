using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;

namespace WinBack.Cli.Policy;

/// <summary><c>winback policy rollback</c>: makes the playbook before this one the live one again.</summary>
internal static class PolicyRollbackCommand
{
    private const string Notes = """
        With --to a call that is repeated goes back once only. Before the first push, the file that the services are
        configured with was live: that is what the last rollback goes back to.

        Examples:
          winback policy rollback --reason "too many texts"
          winback policy rollback --to default@3f2a91c07b5e4d18
        """;

    internal static Command Build()
    {
        var to = new Option<string?>("--to") { Description = "The version that is expected to come back." };
        var change = new ChangeArguments();
        var command = new NotedCommand("rollback", "Makes the playbook before this one the live one again.", Notes) { to };
        change.AddTo(command, isChange: true);
        command.SetAction((parsed, stop) => change.RunAsync(parsed, async redis => ReleaseText.Tell(
            parsed,
            await new PlaybookRegistry(redis, ChangeArguments.Timeout).RollbackAsync(
                parsed.GetValue(to), change.Note(parsed), change.IsTrial(parsed), stop),
            change.IsTrial(parsed))));
        return command;
    }
}
