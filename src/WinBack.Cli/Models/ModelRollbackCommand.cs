using System.CommandLine;
using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary><c>winback model rollback</c>: makes the champion before this one the champion again.</summary>
internal static class ModelRollbackCommand
{
    private const string Notes = """
        With --to a call that is repeated goes back once only. To end a rollout use 'winback model canary MODEL --percent 0'.

        Examples:
          winback model rollback churn --reason "complaints"
          winback model rollback churn --to 5f0c9d3a11b2
        """;

    internal static Command Build()
    {
        Argument<string> name = RegistryArguments.Name();
        var to = new Option<string?>("--to") { Description = "The version that is expected to come back." };
        var registry = new RegistryArguments();
        var command = new NotedCommand("rollback", "Makes the champion before this one the champion again.", Notes) { name, to };
        registry.AddTo(command, isChange: true);
        command.SetAction((parsed, _) => registry.ChangeAsync(
            parsed, parsed.GetRequiredValue(name),
            (catalogue, note) => CatalogueRules.Rollback(catalogue, parsed.GetRequiredValue(name), parsed.GetValue(to), note)));
        return command;
    }
}
