using System.CommandLine;
using System.Text;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary><c>winback model show</c>: a model with its audit trail, or the manifest of one version.</summary>
internal static class ModelShowCommand
{
    private const int TrailPage = 500;

    private const string Notes = """
        Examples:
          winback model show churn
          winback model show churn 5f0c9d3a11b2            # the manifest, as JSON
          winback model show churn 5f0c9d3a11b2 --out back # the whole model directory, out of the registry
        """;

    internal static Command Build()
    {
        Argument<string> name = RegistryArguments.Name();
        var version = new Argument<string?>("version") { Description = "Version.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "Writes the version's files to this new folder instead." };
        var top = new Option<int>("--top") { Description = "Versions and changes to list.", DefaultValueFactory = _ => 20 };
        var registry = new RegistryArguments();
        var command = new NotedCommand("show", "Shows a model of the registry, its versions and who changed what.", Notes)
        {
            name, version, output, top,
        };
        registry.AddTo(command, isChange: false);
        command.SetAction((parsed, stop) => registry.RunAsync(parsed, async (models, health) =>
        {
            ModelCatalogue catalogue = await models.ReadAsync(stop);
            string asked = parsed.GetRequiredValue(name);
            ModelRecord model = catalogue.Find(asked)
                ?? throw new BadInputException($"model: nothing was pushed under the name '{asked}'; 'winback model list' shows what was");
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(version) is { } wanted)
            {
                ModelVersion found = model.Find(wanted) ?? throw new BadInputException($"version: {asked} has no version '{wanted}'");
                return Show(text, await models.ReadPackageAsync(asked, found, stop), parsed.GetValue(output));
            }

            RegistryText.Write(text, model);
            RegistryText.WriteVersions(text, model, parsed.GetValue(top));
            foreach (ModelVersion tried in model.Versions.Reverse().Take(parsed.GetValue(top)))
                foreach (V1.ShadowReading shadow in await health.ReadShadowsAsync(asked, tried.Version, stop)) ModelHealthText.Write(text, shadow);
            text.WriteLine("Changes, newest first");
            foreach (AuditEntry entry in await TrailAsync(models, catalogue, asked, parsed.GetValue(top)))
                text.WriteLine("  " + AuditText.Line(entry));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static int Show(TextWriter text, ModelPackage package, string? folder)
    {
        if (folder is null)
        {
            text.WriteLine(Encoding.UTF8.GetString(package.Manifest));
            return ExitCode.Ok;
        }

        if (Path.Exists(folder)) throw new BadInputException($"--out {folder}: is there already; name a new folder");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, ModelDirectory.ManifestFile), package.Manifest);
        File.WriteAllBytes(Path.Combine(folder, ModelDirectory.BinaryFile), package.Binary);
        File.WriteAllBytes(Path.Combine(folder, ModelDirectory.GoldenFile), package.GoldenRows);
        text.WriteLine($"Wrote {folder}");
        return ExitCode.Ok;
    }

    /// <summary>The trail is of all models; those of one are picked, page by page.</summary>
    private static async Task<List<AuditEntry>> TrailAsync(ModelRegistry models, ModelCatalogue catalogue, string name, int most)
    {
        var trail = new List<AuditEntry>();
        for (long before = catalogue.Revision + 1; before > 1 && trail.Count < most; before -= TrailPage)
            trail.AddRange((await models.ReadChangesAsync(before, TrailPage)).Where(entry => entry.Model == name));
        return [.. trail.Take(most)];
    }
}
