using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Service.Serving;

/// <summary>
/// Puts two things together that come from two registries: the playbook, and where its experiments stand. What serves has both,
/// so that a decision takes one reference.
/// </summary>
internal sealed class StagedPlaybook(Live<PlaybookModel> live)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<ExperimentStage>? _stages = [];

    internal void Swap(PlaybookModel next)
    {
        lock (_lock) live.Swap(AtStages(next));
    }

    /// <param name="stages">Null while they are not known: then no experiment assigns anybody.</param>
    internal void SetStages(IReadOnlyList<ExperimentStage>? stages)
    {
        lock (_lock)
        {
            _stages = stages;
            if (!live.IsEmpty) live.Swap(AtStages(live.Current));
        }
    }

    private PlaybookModel AtStages(PlaybookModel playbook)
    {
        ExperimentPlan plan = playbook.Experiments;
        if (plan.Experiments.Count == 0) return playbook;
        return playbook with
        {
            Experiments = plan.At(_stages ?? [.. plan.Experiments.Select(e => new ExperimentStage(e.Id, ExperimentStatus.Stopped, 0))]),
        };
    }
}
