using System.CommandLine;
using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary><c>winback model canary</c>: lets a version decide for a share of the customers.</summary>
internal static class ModelCanaryCommand
{
    private const string Notes = """
        A rollout goes 1 -> 5 -> 25 -> 100 %, one step at a time up, any down; 0 ends it. Which customers it reaches is a hash
        of the customer: who is reached at 1 % is reached at 5 %. Service nodes end it by themselves when the canary fails, is
        slow, or scores otherwise than the champion. At 100 %, promote it.

        Examples:
          winback model canary churn 5f0c9d3a11b2 --percent 1
          winback model canary churn --percent 0 --reason "not needed any more"
        """;

    internal static Command Build()
    {
        Argument<string> name = RegistryArguments.Name();
        var version = new Argument<string?>("version")
        {
            Description = "Version; may be left out with --percent 0.", Arity = ArgumentArity.ZeroOrOne,
        };
        var percent = new Option<int>("--percent") { Description = "Share of the customers: 0, 1, 5, 25 or 100.", Required = true };
        var registry = new RegistryArguments();
        var command = new NotedCommand("canary", "Lets a version decide for a share of the customers.", Notes) { name, version, percent };
        registry.AddTo(command, isChange: true);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(percent) != 0 && parsed.GetValue(version) is null) parsed.AddError("give a version");
        });
        command.SetAction((parsed, _) => registry.ChangeAsync(
            parsed, parsed.GetRequiredValue(name),
            (catalogue, note) => CatalogueRules.Canary(
                catalogue, parsed.GetRequiredValue(name), parsed.GetValue(version) ?? "", parsed.GetValue(percent), note)));
        return command;
    }
}
