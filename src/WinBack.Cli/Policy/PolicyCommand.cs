using System.CommandLine;

namespace WinBack.Cli.Policy;

/// <summary><c>winback policy</c>: what to know and do about a playbook.</summary>
internal static class PolicyCommand
{
    /// <param name="more">Subcommands that use other commands' parts.</param>
    internal static Command Build(params Command[] more)
    {
        var command = new Command("policy", "Checks and compares playbooks, and puts them live.")
        {
            PolicyValidateCommand.Build(),
            PolicyShowCommand.Build(),
            PolicyDiffCommand.Build(),
            PolicyPushCommand.Build(),
            PolicyRollbackCommand.Build(),
            PolicyListCommand.Build(),
        };
        foreach (Command one in more) command.Subcommands.Add(one);
        return command;
    }
}
