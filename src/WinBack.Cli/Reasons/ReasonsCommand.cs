using System.CommandLine;

namespace WinBack.Cli.Reasons;

/// <summary><c>winback reasons</c>: the tagger of free text (rules L1).</summary>
internal static class ReasonsCommand
{
    internal static Command Build() => new("reasons", "Tags what customers say with the reason of their lapse; trains and judges the tagger.")
    {
        ReasonsTagCommand.Build(),
        ReasonsTrainCommand.Build(),
        ReasonsEvaluateCommand.Build(),
    };
}
