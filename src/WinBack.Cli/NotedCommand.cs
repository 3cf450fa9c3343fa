using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace WinBack.Cli;

/// <summary>A command whose help ends with notes that are too long for its one-line description.</summary>
internal sealed class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    /// <summary>Makes the help of <paramref name="root"/> and all its subcommands show the notes.</summary>
    public static RootCommand ShowNotes(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpThenNotes((HelpAction)help.Action!);
        return root;
    }

    private sealed class HelpThenNotes(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is NotedCommand noted)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(noted.Notes);
            }

            return code;
        }
    }

    private string Notes { get; } = notes;
}
