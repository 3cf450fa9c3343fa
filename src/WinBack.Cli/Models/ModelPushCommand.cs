using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary><c>winback model push</c>: puts a model directory into the registry.</summary>
internal static class ModelPushCommand
{
    private const string Notes = """
        The model is checked as every service node checks it: hash, feature schema, golden rows, bounds, finite leaves. Its
        version is the beginning of the hash of its trees, and nothing of it can change afterwards. Nothing is served by it:
        see 'winback model shadow', 'canary' and 'promote'.

        Examples:
          winback model push models/churn --reason "retrained on October"
          winback model push models/churn --validate-only
        """;

    internal static Command Build()
    {
        var path = new Argument<string>("directory") { Description = "Model directory, as 'winback train' writes it." };
        var registry = new RegistryArguments();
        var command = new NotedCommand("push", "Puts a model into the registry.", Notes) { path };
        registry.AddTo(command, isChange: true);
        command.SetAction((parsed, stop) => registry.RunAsync(parsed, async (models, _) =>
        {
            (ModelPackage package, ModelManifest manifest) = Open(parsed.GetRequiredValue(path));
            RegistryReply reply = await models.PushAsync(package, manifest, registry.Note(parsed), registry.IsTrial(parsed), stop);
            parsed.InvocationConfiguration.Output.WriteLine($"{manifest.Card.Name} {ModelVersion.Of(manifest.BinarySha256)}");
            return registry.Tell(parsed, reply, manifest.Card.Name);
        }));
        return command;
    }

    private static (ModelPackage, ModelManifest) Open(string path)
    {
        try
        {
            ModelPackage package = ModelDirectory.Read(path);
            ModelManifest manifest = ModelDirectory.ReadManifest(package);
            ModelAcceptance.Open(package, manifest.Card.Name, FeatureSchema.Default);
            return (package, manifest);
        }
        catch (ModelFormatException refused)
        {
            throw new BadInputException($"directory: {refused.Message}", refused);
        }
    }
}
