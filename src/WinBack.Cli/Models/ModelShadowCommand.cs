using System.CommandLine;
using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary><c>winback model shadow</c>: lets a version score the same requests, unseen.</summary>
internal static class ModelShadowCommand
{
    private const string Notes = """
        The challenger scores what the champion scores, off the path that answers; 'winback model health' shows how they differ.

        Examples:
          winback model shadow churn 5f0c9d3a11b2
          winback model shadow churn --off
        """;

    internal static Command Build()
    {
        Argument<string> name = RegistryArguments.Name();
        var version = new Argument<string?>("version") { Description = "Version.", Arity = ArgumentArity.ZeroOrOne };
        var off = new Option<bool>("--off") { Description = "Ends it." };
        var registry = new RegistryArguments();
        var command = new NotedCommand("shadow", "Lets a version score beside the champion.", Notes) { name, version, off };
        registry.AddTo(command, isChange: true);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(version) is null != parsed.GetValue(off)) parsed.AddError("give a version, or --off");
        });
        command.SetAction((parsed, _) => registry.ChangeAsync(
            parsed, parsed.GetRequiredValue(name),
            (catalogue, note) => CatalogueRules.Shadow(catalogue, parsed.GetRequiredValue(name), parsed.GetValue(version) ?? "", note)));
        return command;
    }
}
