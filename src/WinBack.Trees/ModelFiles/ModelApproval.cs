namespace WinBack.Trees.ModelFiles;

/// <summary>Who let a model out, when, and why.</summary>
/// <param name="Approver">A person or a rule.</param>
/// <param name="Time">UTC.</param>
/// <param name="Reason">In words.</param>
public sealed record ModelApproval(string Approver, DateTimeOffset? Time, string Reason);
