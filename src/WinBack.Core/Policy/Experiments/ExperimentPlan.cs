using WinBack.Core.Experiments;

namespace WinBack.Core.Policy.Experiments;

/// <summary>The holdout and the experiments of a playbook, at the stages that the registry says.</summary>
/// <param name="Extra">By place in the playbook: actions that only variants which add them have.</param>
/// <param name="Stages">As the registry had them; none when it had none.</param>
public sealed record ExperimentPlan(
    HoldoutModel Holdout, IReadOnlyList<ExperimentModel> Experiments, IReadOnlyList<bool> Extra, IReadOnlyList<ExperimentStage> Stages)
{
    public static ExperimentPlan None { get; } = new(HoldoutModel.None, [], [], []);

    public bool IsEmpty => Experiments.Count == 0 && Holdout.Buckets == 0;

    /// <summary>The same plan with its experiments at these stages; those without one stay where the playbook starts them.</summary>
    public ExperimentPlan At(IReadOnlyList<ExperimentStage> stages)
    {
        // Those of other playbooks mean nothing here, and would only make decisions longer.
        ExperimentStage[] known = [.. stages.Where(s => Experiments.Any(e => e.Id == s.Experiment))];
        return this with
        {
            Stages = known,
            Experiments = [.. Experiments.Select(e => e with { Stage = known.FirstOrDefault(s => s.Experiment == e.Id) ?? StartOf(e) })],
        };
    }

    internal static ExperimentStage StartOf(string id, bool isGated) =>
        new(id, ExperimentStatus.Running, isGated ? GateSteps.First : GateSteps.Last);

    private static ExperimentStage StartOf(ExperimentModel experiment) => StartOf(experiment.Id, experiment.IsGated);
}
