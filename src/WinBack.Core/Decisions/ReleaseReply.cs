namespace WinBack.Core.Decisions;

/// <param name="Decision">As it now is; null exactly with <see cref="ReleaseOutcome.NotFound"/>.</param>
public sealed record ReleaseReply(ReleaseOutcome Outcome, Decision? Decision);
