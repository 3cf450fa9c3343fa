using System.CommandLine;
using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary><c>winback model list</c>: what the registry holds.</summary>
internal static class ModelListCommand
{
    private const string Notes = """
        Examples:
          winback model list
          winback model list --redis 127.0.0.1:6379 --top 50
        """;

    internal static Command Build()
    {
        var registry = new RegistryArguments();
        var top = new Option<int>("--top") { Description = "Versions to list of each model.", DefaultValueFactory = _ => 10 };
        var command = new NotedCommand("list", "Lists the models of the registry, latest versions first.", Notes) { top };
        registry.AddTo(command, isChange: false);
        command.SetAction((parsed, stop) => registry.RunAsync(parsed, async (models, _) =>
        {
            ModelCatalogue catalogue = await models.ReadAsync(stop);
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (catalogue.Models.Count == 0) text.WriteLine("The registry is empty: services serve the models of their folders.");
            foreach (ModelRecord model in catalogue.Models)
            {
                RegistryText.Write(text, model);
                RegistryText.WriteVersions(text, model, parsed.GetValue(top));
            }

            return ExitCode.Ok;
        }));
        return command;
    }
}
