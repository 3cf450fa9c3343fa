using WinBack.Adapters.Redis;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Doctor;

/// <summary>Looks at the model registry as a service node of this version does: would it serve what the aliases name?</summary>
internal sealed class RegistryCheck(ModelRegistry registry)
{
    internal async Task<IReadOnlyList<Finding>> RunAsync()
    {
        ModelCatalogue catalogue;
        try
        {
            catalogue = await registry.ReadAsync();
        }
        catch (RegistryException broken)
        {
            return [Finding.Failure("registry", broken.Message, "finish the roll-out of the newer version")];
        }

        if (catalogue.Models.Count == 0) return [Finding.Ok("registry", "is empty: services serve the models of their folders")];
        var findings = new List<Finding>();
        foreach (ModelRecord model in catalogue.Models)
            foreach ((string alias, string version) in Aliases(model)) findings.Add(await CheckAsync(model, alias, version));
        return findings;
    }

    private static IEnumerable<(string Alias, string Version)> Aliases(ModelRecord model)
    {
        if (model.Champion.Length > 0) yield return ("champion", model.Champion);
        if (model.Challenger.Length > 0) yield return ("challenger", model.Challenger);
        if (model.Canary is { } rollout) yield return ("canary", rollout.Version);
    }

    private async Task<Finding> CheckAsync(ModelRecord model, string alias, string version)
    {
        try
        {
            ModelVersion known = model.Find(version)
                ?? throw new RegistryException($"registry/{model.Name}/{version}: the catalogue has no such version");
            ModelAcceptance.Open(await registry.ReadPackageAsync(model.Name, known), model.Name, FeatureSchema.Default);
            return Finding.Ok("registry", $"{model.Name} {version} ({alias}): whole, and made for feature schema {FeatureSchema.Default.Hash}");
        }
        catch (Exception refused) when (refused is ModelFormatException or RegistryException)
        {
            return Finding.Failure(
                "registry", $"{model.Name} {version} ({alias}) would be refused: {refused.Message}",
                "services go on with what they serve; 'winback model rollback', then push a mended one");
        }
    }
}
