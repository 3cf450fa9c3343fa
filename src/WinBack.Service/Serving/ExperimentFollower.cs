using WinBack.Adapters.Redis;
using WinBack.Core.Experiments;

namespace WinBack.Service.Serving;

/// <summary>Brings the stages of the experiments in line with the registry. Used by one loop only.</summary>
internal sealed class ExperimentFollower(ExperimentRegistry registry, StagedPlaybook staged, ILogger<ExperimentFollower> log) : IRegistryFollower
{
    private string? _stamp;

    public static string Subject => "experiment";

    public async Task FollowAsync(CancellationToken stop)
    {
        // The stamp first: what changes after it is seen at the next look.
        string stamp = await registry.ReadStampAsync(stop);
        if (stamp == _stamp) return;
        ExperimentCatalogue catalogue = await registry.ReadAsync(stop);
        staged.SetStages(catalogue.Stages);
        if (catalogue.Revision > 0) log.ExperimentsServed(catalogue.Revision);
        _stamp = stamp;
    }

    /// <summary>Without the registry gates would begin anew: nobody is assigned until it can be read.</summary>
    public void ServeConfigured() => staged.SetStages(null);
}
