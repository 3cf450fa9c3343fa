using System.CommandLine;

namespace WinBack.Cli.Import;

/// <summary><c>winback import</c>: known data sets into event files.</summary>
internal static class ImportCommand
{
    internal static Command Build() => new("import", "Turns a known data set into an event file.")
    {
        OnlineRetailCommand.Build(),
    };
}
