using System.CommandLine;

namespace WinBack.Cli.Models;

/// <summary><c>winback model</c>: what to know and do about a model.</summary>
internal static class ModelCommand
{
    internal static Command Build() => new("model", "Looks at models, and puts them live.")
    {
        ModelInspectCommand.Build(),
        ModelScoreCommand.Build(),
        ModelConvertCommand.Build(),
        ModelPushCommand.Build(),
        ModelListCommand.Build(),
        ModelShowCommand.Build(),
        ModelPromoteCommand.Build(),
        ModelRollbackCommand.Build(),
        ModelShadowCommand.Build(),
        ModelCanaryCommand.Build(),
        ModelHealthCommand.Build(),
    };
}
