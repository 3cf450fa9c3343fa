using WinBack.Adapters;
using WinBack.Adapters.Models;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Core.Policy;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Serving;

/// <summary>
/// Playbooks and models by the version that a decision names: what serves, else what the registry holds, else what the
/// settings name. Opened anew for every question: replays and simulations are rare, and what serves needs no opening.
/// </summary>
/// <param name="modelFolder">With a model folder each for churn and winback.</param>
internal sealed class PastVersions(
    Live<PlaybookModel> livePlaybook,
    Live<ServingModels> liveModels,
    PlaybookRegistry playbooks,
    ModelRegistry models,
    PlaybookSources sources,
    FeatureSchema schema,
    string modelFolder)
{
    /// <returns>Null when there is none of that version any more, or it cannot be opened.</returns>
    /// <exception cref="StoreUnavailableException">Redis is away.</exception>
    internal async Task<PlaybookModel?> PlaybookAsync(string version, CancellationToken cancellation)
    {
        if (livePlaybook.Current.Version == version) return livePlaybook.Current;
        if ((await playbooks.ReadAsync(cancellation)).Find(version) is { } known)
            return sources.Open($"registry/{version}", await playbooks.ReadTextAsync(known, cancellation), out _) is { } opened
                ? opened with { Version = version }
                : null;
        PlaybookModel ofFile = sources.OfFile();
        return ofFile.Version == version ? ofFile : null;
    }

    /// <param name="versions">Name and sha256 prefix, of churn and of winback.</param>
    /// <returns>Null when one of them is not to be had any more.</returns>
    /// <exception cref="StoreUnavailableException">Redis is away.</exception>
    internal async Task<Scorer?> ScorerAsync(IReadOnlyList<string> versions, CancellationToken cancellation)
    {
        if (liveModels.Current.Champion.ModelVersions.SequenceEqual(versions)) return liveModels.Current.Champion;
        if (versions.Count != 2) return null;
        TreeModel? churn = await ModelAsync(ServedNames.Churn, versions[0], cancellation);
        TreeModel? winBack = await ModelAsync(ServedNames.WinBack, versions[1], cancellation);
        return churn is null || winBack is null ? null : new Scorer(churn, winBack, schema);
    }

    /// <param name="version">With or without the name before it: "churn@3f2a..." or "3f2a...".</param>
    internal async Task<TreeModel?> ModelAsync(string name, string version, CancellationToken cancellation)
    {
        string digits = version.StartsWith(name + "@", StringComparison.Ordinal) ? version[(name.Length + 1)..] : version;
        ServedModel served = liveModels.Current.Of(name);
        foreach (TreeModel? model in (TreeModel?[])[served.Champion, served.Canary, served.Challenger])
            if (model is not null && VersionOf(model) == digits) return model;
        try
        {
            if ((await models.ReadAsync(cancellation)).Find(name)?.Find(digits) is { } known)
                return ModelAcceptance.Open(await models.ReadPackageAsync(name, known, cancellation), name, schema);
            TreeModel ofFolder = ModelFolder.Load(modelFolder, name, schema);
            return VersionOf(ofFolder) == digits ? ofFolder : null;
        }
        catch (Exception e) when (e is ModelFormatException or RegistryException)
        {
            // It can be opened no more: the program has gone on.
            return null;
        }
    }

    private static string VersionOf(TreeModel model) => ModelVersion.Of(model.Manifest!.BinarySha256);
}
