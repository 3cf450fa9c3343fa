using WinBack.Adapters.Redis;
using WinBack.Core.Metrics;
using WinBack.Core.Policy;

namespace WinBack.Service.Serving;

/// <summary>
/// Brings the playbook that serves in line with the registry: opens the live one beside the one that runs, checks it, and
/// swaps. A refused one leaves what runs; at the start, the last one before it that is good. Used by one loop only.
/// </summary>
internal sealed class PlaybookFollower(
    PlaybookRegistry registry, PlaybookSources sources, Live<PlaybookModel> live, StagedPlaybook staged, ILogger<PlaybookFollower> log)
    : IRegistryFollower
{
    private string? _stamp;

    public static string Subject => "playbook";

    public async Task FollowAsync(CancellationToken stop)
    {
        // The stamp first: what changes after it is seen at the next look.
        string stamp = await registry.ReadStampAsync(stop);
        if (stamp == _stamp && !live.IsEmpty) return;
        PlaybookCatalogue catalogue = await registry.ReadAsync(stop);
        PlaybookModel? next = await OpenAsync(catalogue, catalogue.Live, stop);
        if (next is null && live.IsEmpty) next = await LastGoodAsync(catalogue, stop);
        if (next is not null) Swap(next, catalogue.Revision);
        _stamp = stamp;
    }

    public void ServeConfigured() => Swap(sources.OfFile(), revision: 0);

    /// <summary>What the nodes serve that were there before the refused one came.</summary>
    private async Task<PlaybookModel> LastGoodAsync(PlaybookCatalogue catalogue, CancellationToken stop)
    {
        foreach (string version in catalogue.PastLive.Reverse())
            if (await OpenAsync(catalogue, version, stop) is { } good) return good;
        return sources.OfFile();
    }

    /// <summary>Null, with an error in the log, when it is refused.</summary>
    private async Task<PlaybookModel?> OpenAsync(PlaybookCatalogue catalogue, string version, CancellationToken stop)
    {
        if (version.Length == 0) return sources.OfFile();
        string problem;
        try
        {
            PlaybookVersion known = catalogue.Find(version)
                ?? throw new RegistryException($"registry/{version}: the catalogue has no such version");
            // A newer program may hash the same text otherwise: decisions record the version that the registry knows.
            if (sources.Open($"registry/{version}", await registry.ReadTextAsync(known, stop), out problem) is { } model)
                return model with { Version = version };
        }
        catch (RegistryException e)
        {
            problem = e.Message;
        }

        Instruments.PlaybooksRefused.Add(1);
        log.PlaybookRefused(version, problem);
        return null;
    }

    private void Swap(PlaybookModel next, long revision)
    {
        bool isNew = live.IsEmpty || live.Current.Version != next.Version;
        staged.Swap(next);
        if (!isNew) return;
        Instruments.PlaybookSwaps.Add(1);
        log.PlaybookServed(next.Version, revision);
    }
}
