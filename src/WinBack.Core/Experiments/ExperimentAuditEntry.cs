namespace WinBack.Core.Experiments;

/// <summary>One change of the registry of experiments, written with it and never again.</summary>
/// <param name="Revision">That the change made.</param>
/// <param name="Time">UTC, by the clock of whoever made it.</param>
/// <param name="From">In percent.</param>
/// <param name="To">In percent; 0 when it is off.</param>
public sealed record ExperimentAuditEntry(
    long Revision, DateTimeOffset Time, string By, ExperimentChange Change, string Experiment, int From, int To, string Reason);
