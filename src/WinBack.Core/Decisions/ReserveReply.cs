namespace WinBack.Core.Decisions;

/// <param name="Decision">Null exactly with <see cref="ReserveOutcome.RequestIdReused"/> and <see cref="ReserveOutcome.Outdated"/>.</param>
public sealed record ReserveReply(ReserveOutcome Outcome, Decision? Decision);
