using System.CommandLine;
using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary><c>winback model promote</c>: makes a version the champion.</summary>
internal static class ModelPromoteCommand
{
    private const string Notes = """
        Service nodes notice within a second, load the model beside the running one, check it, and swap. A node that refuses
        it goes on with what it served, and says so: see 'winback model health'.

        Examples:
          winback model promote churn 5f0c9d3a11b2 --reason "two weeks in the shadow"
        """;

    internal static Command Build()
    {
        Argument<string> name = RegistryArguments.Name();
        var version = new Argument<string>("version") { Description = "Version, as 'winback model list' shows it." };
        var registry = new RegistryArguments();
        var command = new NotedCommand("promote", "Makes a version the one that decides.", Notes) { name, version };
        registry.AddTo(command, isChange: true);
        command.SetAction((parsed, _) => registry.ChangeAsync(
            parsed, parsed.GetRequiredValue(name),
            (catalogue, note) => CatalogueRules.Promote(catalogue, parsed.GetRequiredValue(name), parsed.GetRequiredValue(version), note)));
        return command;
    }
}
