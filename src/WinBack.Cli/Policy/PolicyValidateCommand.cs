using System.CommandLine;
using WinBack.Adapters.Playbooks;

namespace WinBack.Cli.Policy;

/// <summary><c>winback policy validate</c>: everything that is wrong with playbooks.</summary>
internal static class PolicyValidateCommand
{
    private const string Notes = """
        Every error stands on a line of its own: file, line, field, problem with the rule it breaks, and the fix. Exit codes:
        0 all are valid, 1 one is refused or cannot be read, 2 the command line is wrong. What the rules are: docs/PLAYBOOKS.md.

        Examples:
          winback policy validate playbooks/default.yaml
          winback policy validate playbooks/*.yaml
        """;

    internal static Command Build()
    {
        var files = new Argument<string[]>("files") { Description = "Playbook files.", Arity = ArgumentArity.OneOrMore };
        var command = new NotedCommand("validate", "Says what is wrong with playbooks.", Notes) { files };
        command.SetAction(parsed =>
        {
            bool isValid = true;
            // All of them, also after one that is not valid.
            foreach (string file in parsed.GetRequiredValue(files)) isValid &= Validate(file, parsed.InvocationConfiguration.Output);
            return isValid ? ExitCode.Ok : ExitCode.BadInput;
        });
        return command;
    }

    private static bool Validate(string file, TextWriter text)
    {
        try
        {
            PlaybookFileResult result = PlaybookInput.Check(file);
            foreach (PlaybookFileError error in result.Errors) text.WriteLine(error);
            if (result.Model is not { } model) return false;
            text.WriteLine($"{file}: valid: {model.Version}, {model.Actions.Count} actions, {model.Caps.Count} caps");
            return true;
        }
        catch (BadInputException unreadable)
        {
            text.WriteLine(unreadable.Message);
            return false;
        }
    }
}
