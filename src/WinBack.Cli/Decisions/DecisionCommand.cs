using System.CommandLine;

namespace WinBack.Cli.Decisions;

/// <summary><c>winback decision</c>: what to ask about a decision.</summary>
internal static class DecisionCommand
{
    internal static Command Build() => new("decision", "Asks about decisions, and exports them.")
    {
        DecisionReplayCommand.Build(), DecisionExportCommand.Build(),
    };
}
