namespace WinBack.Core.Experiments;

/// <summary>What a decision has to do with experiments; stored with it, so that the log alone can be evaluated.</summary>
/// <param name="Assignments">In the order of the playbook.</param>
/// <param name="Stages">Of all experiments that the registry knew of: the decision is made again from these.</param>
/// <param name="Ghost">Null when the customer is not held out, or would have got nothing.</param>
public sealed record ExperimentNotes(
    IReadOnlyList<ExperimentAssignment> Assignments, IReadOnlyList<ExperimentStage> Stages, Ghost? Ghost)
{
    public static ExperimentNotes None { get; } = new([], [], null);
}
