namespace WinBack.Core.Experiments;

/// <summary>What came of a change.</summary>
/// <param name="Next">The catalogue after it; the same when nothing changed.</param>
/// <param name="Entry">Null when nothing changed.</param>
public sealed record ExperimentStep(ExperimentCatalogue Next, ExperimentAuditEntry? Entry);
