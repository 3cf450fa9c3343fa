namespace WinBack.Core.Experiments;

/// <summary>
/// The registry of experiments at one revision: the stages of those that were ever moved. Every change makes the next
/// revision and one <see cref="ExperimentAuditEntry"/>. What is not in it is where the playbook starts it.
/// </summary>
public sealed record ExperimentCatalogue(long Revision, IReadOnlyList<ExperimentStage> Stages)
{
    /// <summary>The catalogue is read and written whole, so it is bounded; the oldest goes, long after its end.</summary>
    public const int MaxStages = 1_000;

    public static ExperimentCatalogue Empty { get; } = new(0, []);

    /// <summary>Null when it was never moved.</summary>
    public ExperimentStage? Find(string experiment) => Stages.FirstOrDefault(s => s.Experiment == experiment);
}
