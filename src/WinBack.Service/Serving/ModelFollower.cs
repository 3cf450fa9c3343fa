using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Metrics;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Serving;

/// <summary>
/// Brings what is served in line with the registry: opens what is new beside what runs, and swaps once all of it is there.
/// A refused champion leaves the one that runs; a refused canary or challenger is left out. Used by one loop only.
/// </summary>
internal sealed class ModelFollower(
    ModelRegistry registry, ModelShelf shelf, Live<ServingModels> live, FeatureSchema schema, ILogger<ModelFollower> log) : IRegistryFollower
{
    private readonly List<RefusedModel> _refused = [];
    private readonly List<string> _fromFolder = [];
    private readonly HashSet<(string Name, string Version)> _wanted = [];
    private string? _stamp;
    private volatile ServingReport _report = ServingReport.Empty;

    public static string Subject => "model";

    /// <summary>Safe to read from anywhere.</summary>
    internal ServingReport Report => _report;

    /// <summary>Looks once; does nothing when the registry has not changed.</summary>
    /// <exception cref="StoreUnavailableException">Redis is away; nothing has changed.</exception>
    /// <exception cref="ModelFormatException">The folder's model is needed, and missing or refused; nothing has changed.</exception>
    public async Task FollowAsync(CancellationToken stop)
    {
        // The stamp first: what changes after it is seen at the next look.
        string stamp = await registry.ReadStampAsync(stop);
        if (stamp == _stamp && !live.IsEmpty) return;
        ModelCatalogue catalogue = await registry.ReadAsync(stop);
        _refused.Clear();
        _fromFolder.Clear();
        _wanted.Clear();
        ServedModel churn = await ResolveAsync(catalogue, ServedNames.Churn, stop);
        ServedModel winBack = await ResolveAsync(catalogue, ServedNames.WinBack, stop);
        Swap(new ServingModels(churn, winBack, schema), catalogue.Revision);
        shelf.KeepOnly(_wanted);
        _stamp = stamp;
    }

    /// <summary>Serves the folder's models: at a start without Redis.</summary>
    /// <exception cref="ModelFormatException">One is missing or refused.</exception>
    public void ServeConfigured()
    {
        var churn = ServedModel.Only(shelf.OfFolder(ServedNames.Churn));
        var winBack = ServedModel.Only(shelf.OfFolder(ServedNames.WinBack));
        _refused.Clear();
        _fromFolder.Clear();
        _fromFolder.AddRange(ServedNames.All);
        Swap(new ServingModels(churn, winBack, schema), revision: 0);
    }

    private async Task<ServedModel> ResolveAsync(ModelCatalogue catalogue, string name, CancellationToken stop)
    {
        ModelRecord record = catalogue.Find(name) ?? ModelRecord.Empty(name);
        TreeModel champion = await OpenAsync(record, record.Champion, "champion", stop) ?? Fallback(record);
        TreeModel? canary = record.Canary is { } rollout ? await OpenAsync(record, rollout.Version, "canary", stop) : null;
        TreeModel? challenger = await OpenAsync(record, record.Challenger, "challenger", stop);
        return new ServedModel(champion, canary is null ? null : record.Canary, canary, challenger);
    }

    /// <summary>The one that runs; at the start, and where the registry names none, the folder's.</summary>
    private TreeModel Fallback(ModelRecord record)
    {
        if (record.Champion.Length > 0 && !live.IsEmpty)
        {
            TreeModel running = live.Current.Of(record.Name).Champion;
            if (shelf.IsOfFolder(record.Name, running)) _fromFolder.Add(record.Name);
            _wanted.Add((record.Name, ModelVersion.Of(running.Manifest!.BinarySha256)));
            return running;
        }

        _fromFolder.Add(record.Name);
        return shelf.OfFolder(record.Name);
    }

    private async Task<TreeModel?> OpenAsync(ModelRecord record, string version, string alias, CancellationToken stop)
    {
        if (version.Length == 0) return null;
        _wanted.Add((record.Name, version));
        if (record.Find(version) is not { } known)
        {
            _refused.Add(new RefusedModel(record.Name, version, alias, "the catalogue has no such version"));
            return null;
        }

        TreeModel? model = await shelf.OpenAsync(record.Name, known, alias, stop);
        if (model is null) _refused.Add(new RefusedModel(record.Name, version, alias, shelf.ProblemOf(record.Name, version) ?? ""));
        return model;
    }

    private void Swap(ServingModels next, long revision)
    {
        bool isNew = live.IsEmpty || !live.Current.Champion.ModelVersions.SequenceEqual(next.Champion.ModelVersions);
        live.Swap(next);
        _report = new ServingReport(revision, [.. _fromFolder], [.. _refused]);
        if (!isNew) return;
        Instruments.ModelSwaps.Add(1);
        log.ModelsServed(string.Join(", ", next.Champion.ModelVersions), revision);
    }
}
