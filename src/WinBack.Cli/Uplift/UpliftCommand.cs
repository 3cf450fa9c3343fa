using System.CommandLine;

namespace WinBack.Cli.Uplift;

/// <summary><c>winback uplift</c>: what a treatment changes, and whom to give it.</summary>
internal static class UpliftCommand
{
    internal static Command Build() => new("uplift", "Learns what treatments change, and judges whom to give them.")
    {
        UpliftTrainCommand.Build(),
        UpliftEvaluateCommand.Build(),
    };
}
