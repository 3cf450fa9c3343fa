using System.CommandLine;

namespace WinBack.Cli.Experiments;

/// <summary><c>winback experiment</c>: what experiments there are, how they do, and what to do about them.</summary>
internal static class ExperimentCommand
{
    internal static Command Build() => new("experiment", "Lists and reads experiments, stops them, and sets their gates.")
    {
        ExperimentListCommand.Build(),
        ExperimentShowCommand.Build(),
        ExperimentStopCommand.Build(),
        ExperimentGateCommand.Build(),
    };
}
