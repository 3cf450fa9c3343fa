using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace WinBack.Cli;

/// <summary>A command whose help ends with notes that are too long for its one-line description.</summary>
internal class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    /// <summary>Makes the help of <paramref name="root"/> and all its subcommands show the notes.</summary>
    public static RootCommand ShowNotes(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpThenNotes((HelpAction)help.Action!);
        return root;
    }

    /// <summary>The exit code when the command shows help of its own making instead; null otherwise.</summary>
    internal virtual int? Help(ParseResult parsed) => null;

    private sealed class HelpThenNotes(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var noted = parseResult.CommandResult.Command as NotedCommand;
            if (noted?.Help(parseResult) is { } shown)
            {
                return shown;
            }

            var code = help.Invoke(parseResult);
            if (noted is not null)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(noted.Notes);
            }

            return code;
        }
    }

    private string Notes { get; } = notes;
}
